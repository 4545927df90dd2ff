import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { APP_PAGE } from './appUrl.ts'

/** The one window; its page is sandboxed and served by the application's own protocol. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 1000,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Fieldmark',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(APP_PAGE)
  return window
}
