import { safeStorage } from 'electron'

// The development runtime of closed networks is older than the asynchronous calls, hence both.
const hasAsyncCalls = () => typeof safeStorage.encryptStringAsync === 'function'

/** Whether the system offers a real keyring; `basic_text` on Linux is a fixed password and counts as none. */
export async function keyringAvailable(): Promise<boolean> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
  return hasAsyncCalls() ? await safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable()
}

/** How the system keeps secrets, as Electron names it: `basic_text` protects nothing. */
export function keyringName(): string {
  return process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform === 'darwin' ? 'keychain' : 'dpapi'
}

/** Encrypts with the system's keyring; base64. */
export async function seal(secret: string): Promise<string> {
  const sealed = hasAsyncCalls() ? await safeStorage.encryptStringAsync(secret) : safeStorage.encryptString(secret)
  return sealed.toString('base64')
}

/** @throws when the keyring is not the one that sealed it. */
export async function unseal(sealed: string): Promise<string> {
  const bytes = Buffer.from(sealed, 'base64')
  return hasAsyncCalls() ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes)
}
