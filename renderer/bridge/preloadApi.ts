import { z } from 'zod'
import { SessionSchema, TokenKeepingSchema, type PreloadApi } from '../../shared/rpc/preload.ts'

declare global {
  interface Window {
    fieldmark?: PreloadApi
  }
}

/** What the window may ask of the main process, with every answer validated. */
export type Desktop = PreloadApi

/** @throws Error when the page was not opened by the application. */
export function desktop(): Desktop {
  const api = window.fieldmark
  if (!api) throw new Error('The page must be opened by the Fieldmark application')
  return {
    session: async () => SessionSchema.parse(await api.session()),
    onSessionChanged: (listener) => api.onSessionChanged((session) => listener(SessionSchema.parse(session))),
    connectEngine: () => api.connectEngine(),
    chooseDirectory: async () => (await api.chooseDirectory()) || undefined,
    chooseModelFile: async () => (await api.chooseModelFile()) || undefined,
    chooseAuditLog: async () => (await api.chooseAuditLog()) || undefined,
    openFolder: async (path) => SessionSchema.parse(await api.openFolder(path)),
    openOrchestrator: async (request) => SessionSchema.parse(await api.openOrchestrator(request)),
    restoreBackup: async (name) => SessionSchema.parse(await api.restoreBackup(name)),
    copyText: (text) => api.copyText(text),
    tokenKeeping: async () => TokenKeepingSchema.parse(await api.tokenKeeping()),
    keepToken: async (choice) => TokenKeepingSchema.parse(await api.keepToken(choice)),
    copyShapes: (text) => api.copyShapes(text),
    copiedShapes: async () => z.string().optional().parse(await api.copiedShapes()),
    platform: api.platform,
  }
}
