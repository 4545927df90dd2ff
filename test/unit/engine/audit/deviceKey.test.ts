import { generateKeyPairSync, verify } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDeviceKey } from '../../../../electron/engine/audit/deviceKey.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

it('makes a key once, for its owner alone, and signs with it', () => {
  const path = join(temporaryFolder(), 'device-key.pem')
  const key = openDeviceKey(path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(openDeviceKey(path).publicKey).toBe(key.publicKey)
  expect(verify(null, Buffer.from('text'), key.publicKey, Buffer.from(key.sign(Buffer.from('text')), 'base64'))).toBe(true)
})

it('does not replace a file that holds no such key', () => {
  const path = join(temporaryFolder(), 'device-key.pem')
  writeFileSync(path, 'no key')
  expect(() => openDeviceKey(path)).toThrow()
  expect(readFileSync(path, 'utf8')).toBe('no key')
  writeFileSync(path, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }))
  expect(() => openDeviceKey(path)).toThrow('not an Ed25519 key')
})
