// The window in which every subject is measured: the product's in size and sandbox, on the page that BENCH_PAGE names.
import { app, BrowserWindow, Menu } from 'electron'
import { watchPictures } from './pictures.mjs'

void app.whenReady().then(async () => {
  Menu.setApplicationMenu(null)
  const window = new BrowserWindow({
    width: 1600, height: 1000, useContentSize: true, show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  Object.assign(globalThis, { pictures: watchPictures(window) })
  window.once('ready-to-show', () => window.show())
  await window.loadURL(process.env['BENCH_PAGE'] ?? 'about:blank')
})
