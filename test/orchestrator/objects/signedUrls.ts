import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ObjectKeySchema } from '../../../shared/domain/asset.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import { Sha256Schema } from '../../../shared/domain/ids.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import { forbidden } from '../http/problems.ts'
import type { DataKeys } from '../signing/dataKeys.ts'

/** What a URL allows. `expires` in milliseconds since 1970. */
export type Permission =
  | { method: 'GET'; key: ObjectKey; expires: number }
  | { method: 'PUT'; key: ObjectKey; expires: number; sha256: Sha256; size: number; mediaType: string }

const PURPOSE = 'fieldmark.object-url/1'
const GetQuerySchema = z.object({ expires: z.coerce.number().int(), signature: z.string() })
const PutQuerySchema = GetQuerySchema.extend({ sha256: Sha256Schema, size: z.coerce.number().int(), mediaType: z.string() })

/** The path and query that carry a permission with its signature. */
export function signedPath(keys: DataKeys, permission: Permission): string {
  const { key, method: _method, ...parameters } = permission
  const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
  query.set('signature', signatureOf(keys, permission))
  return `/objects/${key.split('/').map(encodeURIComponent).join('/')}?${query.toString()}`
}

/** Reads a permission back. @throws ProblemError 403 when the signature is not ours or the time is over. */
export function readPermission(keys: DataKeys, method: 'GET' | 'PUT', path: string, query: unknown, now: number): Permission {
  const key = ObjectKeySchema.safeParse(path)
  const parsed = (method === 'PUT' ? PutQuerySchema : GetQuerySchema).safeParse(query)
  if (!key.success || !parsed.success) throw forbidden('This address was not granted')
  const { signature, ...parameters } = parsed.data
  const permission = { method, key: key.data, ...parameters } as Permission
  if (!equal(signature, signatureOf(keys, permission))) throw forbidden('This address was not granted')
  if (permission.expires <= now) throw forbidden('The grant has expired')
  return permission
}

function signatureOf(keys: DataKeys, permission: Permission): string {
  const { method, key, expires } = permission
  const fields = permission.method === 'PUT' ? [permission.sha256, permission.size, permission.mediaType] : []
  return keys.mac(PURPOSE, JSON.stringify([method, key, expires, ...fields]))
}

function equal(offered: string, expected: string): boolean {
  const [a, b] = [Buffer.from(offered), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
