import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { APP_SCHEME, fileInside } from './appUrl.ts'

const DATA_SCHEME = 'fieldmark-data'

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

// Styles are written by the component library at run time, hence 'unsafe-inline' for styles alone.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self'", "worker-src 'self'",
  `img-src 'self' ${DATA_SCHEME}: data: blob:`, `connect-src 'self' ${DATA_SCHEME}:`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')

/** Must run before the application is ready. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges },
    { scheme: DATA_SCHEME, privileges: { ...privileges, corsEnabled: true } },
  ])
}

/** Serves the window's own files out of `root`, and nothing outside of it. */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    const file = fileInside(root, url.pathname)
    if (url.hostname !== 'app' || file === undefined) return new Response(null, { status: 404 })
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: {
          'Content-Type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
        },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

export interface ServedData {
  bytes: Uint8Array
  mediaType: string
}

/** Serves images, tiles and thumbnails of the local cache, all named by hash or id; the engine checks and reads them. */
export function serveData(read: (url: string) => Promise<ServedData | undefined>): void {
  protocol.handle(DATA_SCHEME, async (request) => {
    const data = await read(request.url)
    const allowOrigin = { 'Access-Control-Allow-Origin': `${APP_SCHEME}://app` }
    if (data === undefined) return new Response(null, { status: 404, headers: allowOrigin })
    return new Response(new Uint8Array(data.bytes), {
      headers: { ...allowOrigin, 'Content-Type': data.mediaType, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' },
    })
  })
}
