import { join } from 'node:path'
import { app, BrowserWindow, Menu } from 'electron'
import { MAIN_CHANNELS } from '../../shared/rpc/preload.ts'
import { hardenSessions } from './hardening.ts'
import { serveIpc } from './ipc.ts'
import { readLaunchOptions } from './launchOptions.ts'
import { registerSchemes, serveApp, serveData } from './protocols.ts'
import { createWindow } from './window.ts'
import { WorkspaceSession } from './workspaceSession.ts'

registerSchemes()

async function start(): Promise<void> {
  const launch = readLaunchOptions(process.env)
  const workspace = new WorkspaceSession((session) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(MAIN_CHANNELS.sessionChanged, session)
  })
  hardenSessions()
  serveApp(join(import.meta.dirname, '../renderer'))
  serveData((url) => workspace.readData(url))
  serveIpc(workspace)
  quitWithEngine(workspace)

  const opening = launch.source ? workspace.openLaunched(launch.source, launch.workspaceDir) : workspace.openLast()
  createWindow()
  await opening
}

/** Ends the engine after the windows, which may still have edits to hand over, and keeps the application alive until its databases are closed. */
function quitWithEngine(workspace: WorkspaceSession): void {
  let closed = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void workspace.close().finally(() => {
      closed = true
      // Not within this event: Electron does not hear a quit while it is about to call one off, and would run on without a window.
      setImmediate(() => app.quit())
    })
  })
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  // The system's own menu would bring reload and zoom keys that an annotator must never hit; macOS needs one for copy and paste.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  void app.whenReady().then(start).catch((error: unknown) => {
    console.error('Fieldmark could not start:', error instanceof Error ? error.message : error)
    app.exit(1)
  })
} else {
  app.quit()
}
