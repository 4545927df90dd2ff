// The floor of a start: a window with one element on it, and nothing behind it.
import { app, BrowserWindow } from 'electron'

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1600, height: 1000, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  await window.loadURL('data:text/html,<title>Empty</title><main role="grid">Ready</main>')
})
