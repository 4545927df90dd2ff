import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import sharp from 'sharp'
import { IMAGE } from './page/scene.ts'
import { makeTiles } from './tiles.ts'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.jpg': 'image/jpeg', '.wasm': 'application/wasm' }

/** Serves the bundled page, its picture and its tiles on loopback. */
export async function serve(folder: string): Promise<{ url: string; close: () => void }> {
  const image = await sharp({ create: { width: IMAGE.width, height: IMAGE.height, channels: 3, background: '#56606b' } }).png().toBuffer()
  const tile = await makeTiles()
  const find = (path: string) => (path === IMAGE.url ? image : tile(path) ?? readFile(join(folder, normalize(path))))
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html')
    Promise.resolve(find(path)).then(
      (bytes) => { response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(bytes) },
      () => { response.writeHead(404).end() },
    )
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => { server.close() } }
}
