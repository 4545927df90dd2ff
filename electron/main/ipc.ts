import { BrowserWindow, clipboard, dialog, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { ConnectRequestSchema, CopiedTextSchema, MAIN_CHANNELS, TokenChoiceSchema } from '../../shared/rpc/preload.ts'
import { isAppUrl } from './appUrl.ts'
import { readCopiedShapes, ShapesTextSchema, writeCopiedShapes } from './shapesClipboard.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Answers the page's few requests of the main process; only our own page in a top frame is heard. */
export function serveIpc(workspace: WorkspaceSession): void {
  handle(MAIN_CHANNELS.session, z.undefined(), () => workspace.session)
  handle(MAIN_CHANNELS.openFolder, z.string().min(1), (path) => workspace.open({ kind: 'folder', path }))
  handle(MAIN_CHANNELS.openOrchestrator, ConnectRequestSchema, (request) => workspace.open({ kind: 'orchestrator', ...request }))
  handle(MAIN_CHANNELS.chooseDirectory, z.undefined(), async (_nothing, window) => {
    const chosen = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] })
    return chosen.canceled ? undefined : chosen.filePaths[0]
  })
  handle(MAIN_CHANNELS.chooseModelFile, z.undefined(), async (_nothing, window) => {
    const chosen = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [{ name: 'ONNX', extensions: ['onnx'] }] })
    return chosen.canceled ? undefined : chosen.filePaths[0]
  })
  handle(MAIN_CHANNELS.chooseAuditLog, z.undefined(), async (_nothing, window) => {
    const chosen = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [{ name: 'Audit log', extensions: ['jsonl', 'db'] }, { name: '*', extensions: ['*'] }] })
    return chosen.canceled ? undefined : chosen.filePaths[0]
  })
  handle(MAIN_CHANNELS.restoreBackup, z.string().min(1).max(100), (name) => workspace.restoreBackup(name))
  handle(MAIN_CHANNELS.copyText, CopiedTextSchema, (text) => clipboard.writeText(text))
  handle(MAIN_CHANNELS.tokenKeeping, z.undefined(), () => workspace.tokenKeeping())
  handle(MAIN_CHANNELS.keepToken, TokenChoiceSchema, (choice) => workspace.keepToken(choice))
  handle(MAIN_CHANNELS.copyShapes, ShapesTextSchema, writeCopiedShapes)
  handle(MAIN_CHANNELS.copiedShapes, z.undefined(), readCopiedShapes)
  ipcMain.on(MAIN_CHANNELS.connectEngine, (event) => {
    if (isTrusted(event)) workspace.connect(event.sender)
  })
}

function handle<P>(channel: string, schema: z.ZodType<P>, answer: (payload: P, window: BrowserWindow) => unknown): void {
  ipcMain.handle(channel, (event, payload: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (!isTrusted(event) || !window) throw new Error(`${channel} was refused to this sender`)
    return answer(schema.parse(payload), window)
  })
}

function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}
