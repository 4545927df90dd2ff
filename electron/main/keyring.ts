import { safeStorage } from 'electron'

/** Where the system keeps secrets. */
export interface Keyring {
  /** As Electron names it: `basic_text` protects nothing. */
  name(): string
  /** Whether it protects what it keeps; `basic_text` on Linux is a fixed password and counts as none. */
  isProtecting(): Promise<boolean>
  /** Encrypts; base64. */
  seal(secret: string): Promise<string>
  /** @throws when it is not the one that sealed. */
  unseal(sealed: string): Promise<string>
}

// The development runtime of closed networks is older than the asynchronous calls, hence both.
const hasAsyncCalls = () => typeof safeStorage.encryptStringAsync === 'function'

const nameOfKeyring = () => (process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform === 'darwin' ? 'keychain' : 'dpapi')

export const systemKeyring: Keyring = {
  name: nameOfKeyring,
  async isProtecting() {
    if (nameOfKeyring() === 'basic_text') return false
    return hasAsyncCalls() ? await safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable()
  },
  async seal(secret) {
    const sealed = hasAsyncCalls() ? await safeStorage.encryptStringAsync(secret) : safeStorage.encryptString(secret)
    return sealed.toString('base64')
  },
  async unseal(sealed) {
    const bytes = Buffer.from(sealed, 'base64')
    return hasAsyncCalls() ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes)
  },
}
