import { contextBridge, ipcRenderer } from 'electron'
import { ENGINE_PORT_MESSAGE } from '../../shared/rpc/envelope.ts'
import { MAIN_CHANNELS, type PreloadApi, type Session } from '../../shared/rpc/preload.ts'

// A MessagePort cannot cross the context bridge, so it is handed to the page as a window message, as Electron's guide has it.
ipcRenderer.on(MAIN_CHANNELS.connectEngine, (event) => {
  window.postMessage(ENGINE_PORT_MESSAGE, window.location.origin, event.ports)
})

const api: PreloadApi = {
  session: () => ipcRenderer.invoke(MAIN_CHANNELS.session),
  onSessionChanged: (listener) => {
    ipcRenderer.on(MAIN_CHANNELS.sessionChanged, (_event, session: Session) => listener(session))
  },
  connectEngine: () => ipcRenderer.send(MAIN_CHANNELS.connectEngine),
  chooseDirectory: () => ipcRenderer.invoke(MAIN_CHANNELS.chooseDirectory),
  chooseModelFile: () => ipcRenderer.invoke(MAIN_CHANNELS.chooseModelFile),
  chooseAuditLog: () => ipcRenderer.invoke(MAIN_CHANNELS.chooseAuditLog),
  openFolder: (path) => ipcRenderer.invoke(MAIN_CHANNELS.openFolder, path),
  openOrchestrator: (request) => ipcRenderer.invoke(MAIN_CHANNELS.openOrchestrator, request),
  restoreBackup: (name) => ipcRenderer.invoke(MAIN_CHANNELS.restoreBackup, name),
  copyText: (text) => ipcRenderer.invoke(MAIN_CHANNELS.copyText, text),
  tokenKeeping: () => ipcRenderer.invoke(MAIN_CHANNELS.tokenKeeping),
  keepToken: (choice) => ipcRenderer.invoke(MAIN_CHANNELS.keepToken, choice),
  copyShapes: (text) => ipcRenderer.invoke(MAIN_CHANNELS.copyShapes, text),
  copiedShapes: () => ipcRenderer.invoke(MAIN_CHANNELS.copiedShapes),
  platform: process.platform,
}
contextBridge.exposeInMainWorld('fieldmark', api)
