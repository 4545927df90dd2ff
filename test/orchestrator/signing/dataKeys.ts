import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { ServerKeyIdSchema } from '../../../shared/domain/ids.ts'
import type { ServerKeyId } from '../../../shared/domain/ids.ts'

const KeyFileSchema = z.object({ signingKeyPem: z.string(), secret: z.string() })

/** The secrets of one data folder: the key that signs receipts, and one that object URLs and the tokens of seeded people are made with. */
export interface DataKeys {
  readonly serverKeyId: ServerKeyId
  /** Ed25519, SPKI in PEM. */
  readonly serverPublicKey: string
  /** HMAC-SHA256 of a text, lower-case hexadecimal. `purpose` keeps uses apart. */
  mac(purpose: string, text: string): string
  /** Ed25519 over `domain + "\n" + canonical JSON`, base64, as shared/domain/receipt.ts defines it. */
  signStatement(domain: string, statement: object): string
}

/** Reads the keys of a data folder (`keys.json`, readable by its owner only), or makes them. */
export function loadDataKeys(dataDir: string): DataKeys {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'keys.json')
  const stored = readKeys(file) ?? makeKeys(file)
  const privateKey: KeyObject = createPrivateKey(stored.signingKeyPem)
  const publicKey = createPublicKey(privateKey)
  const fingerprint = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex')
  return {
    serverKeyId: ServerKeyIdSchema.parse(`ed25519:${fingerprint.slice(0, 32)}`),
    serverPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    mac: (purpose, text) => createHmac('sha256', stored.secret).update(`${purpose}\n${text}`).digest('hex'),
    signStatement: (domain, statement) => sign(null, Buffer.from(`${domain}\n${canonicalJson(statement)}`), privateKey).toString('base64'),
  }
}

function readKeys(file: string): z.infer<typeof KeyFileSchema> | undefined {
  try {
    return KeyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function makeKeys(file: string): z.infer<typeof KeyFileSchema> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const keys = { signingKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), secret: randomBytes(32).toString('hex') }
  // Written beside and linked into place: never half a file, and a second process that does the same loses with EEXIST.
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(keys), { mode: 0o600, flush: true })
  linkSync(temporary, file)
  rmSync(temporary)
  return keys
}
