// A window on the page that PAGE names, as sandboxed as the product's.
import { app, BrowserWindow } from 'electron'

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 800, height: 600, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } })
  await window.loadURL(process.env['PAGE'] ?? 'about:blank')
})
