import type { ReadFrom } from '../sync/ports.ts'

/** What an answer says of the bytes that it carries. */
export interface ToldRange { status: number; contentRange: string | null; etag: string | null }

/** Whether a reader has the beginning of an object already. */
export function asksForRest(from: ReadFrom | undefined): from is ReadFrom {
  return from !== undefined && from.offset > 0
}

/** The same reader, who takes the object from its beginning. */
export function fromStart(from: ReadFrom): ReadFrom {
  return { offset: 0, version: undefined, onBegin: (begin) => { from.onBegin(begin) } }
}

/**
 * The headers that ask for the bytes after those that a reader has (RFC 9110, 14.2), of the same version and no other. A weak entity tag does not
 * tell versions apart byte for byte, so it is not sent; the hash of the whole decides in the end.
 */
export function rangeHeaders(from: ReadFrom | undefined): { range?: string; 'if-match'?: string } {
  if (!asksForRest(from)) return {}
  const isStrong = from.version !== undefined && !from.version.startsWith('W/')
  return { range: `bytes=${from.offset}-`, ...(isStrong && { 'if-match': from.version }) }
}

/** Whether the storage cannot go on at `offset`: there is another version now (412), it has fewer bytes (416), or other bytes than asked for came. */
export function cannotGoOn({ status, contentRange }: ToldRange, offset: number): boolean {
  return status === 412 || status === 416 || (status === 206 && firstByteOf(contentRange) !== offset)
}

/** Where the bytes of an answer begin; a server that does not know ranges sends all of them (200). */
export function beginOf({ status, contentRange, etag }: ToldRange): { offset: number; version: string | undefined } {
  return { offset: status === 206 ? (firstByteOf(contentRange) ?? 0) : 0, version: etag ?? undefined }
}

function firstByteOf(contentRange: string | null): number | undefined {
  const found = /^bytes (\d+)-/.exec(contentRange ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}
