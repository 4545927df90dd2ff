import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

/** The workstation's Ed25519 key. `publicKey` is SPKI in PEM; the private part never leaves this object. */
export interface DeviceKey {
  readonly publicKey: string
  /** Ed25519 (RFC 8032) signature of the bytes, base64. */
  sign(bytes: Uint8Array): string
}

/**
 * The device key kept at `path`, readable by its owner alone; made if there is none. Whether a new key is a surprise is for the caller to say.
 * @throws Error when the file does not hold an Ed25519 private key: it is not replaced.
 */
export function openDeviceKey(path: string): DeviceKey {
  if (!existsSync(path)) writeNewKey(path)
  return deviceKeyFrom(readFileSync(path, 'utf8'))
}

/** @throws Error when the PEM is not an Ed25519 private key. */
function deviceKeyFrom(pem: string): DeviceKey {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The device key is not an Ed25519 key')
  return {
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}

/** A killed process must not leave half a key, nor an entry signed by a key that never reached the disk. */
function writeNewKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519')
  const file = openSync(`${path}.part`, 'w', 0o600)
  try {
    writeSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.part`, path)
}
