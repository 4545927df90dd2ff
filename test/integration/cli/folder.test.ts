import { once } from 'node:events'
import { createServer } from 'node:net'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { EXIT } from '../../../electron/cli/exitCodes.ts'
import { jpegOf } from '../../builders/images.ts'
import { FieldmarkCli } from './fieldmarkCli.ts'

let folder: string
let cli: FieldmarkCli
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-cli-folder-'))
  cli = new FieldmarkCli(join(folder, 'workspace'))
})
afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

test('a folder of pictures is labelled, exported and verified without a server', async () => {
  const pictures = join(folder, 'pictures')
  const shapes = join(folder, 'shapes.json')
  const out = join(folder, 'export')
  await makePictures(pictures)
  expect(await cli.json(EXIT.ok, 'init', '--folder', pictures)).toMatchObject({ kind: 'folder', source: pictures, phase: 'local' })
  expect(await cli.json(EXIT.ok, 'pull')).toMatchObject({ sync: { phase: 'local' }, tasks: { total: 2, prefetched: 2 } })

  const { rows } = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(await cli.json(EXIT.ok, 'list'))
  expect(rows.map(({ name }) => name).sort()).toEqual(['one.jpg', 'two.jpg'])
  const task = rows.find(({ name }) => name === 'one.jpg')?.id ?? ''
  const { schema } = z.object({ schema: z.object({ classes: z.array(z.object({ id: z.string(), name: z.string() })) }) }).parse(await cli.json(EXIT.ok, 'show', task))
  expect(schema.classes.map(({ name }) => name)).toEqual(['cat', 'dog'])
  await writeFile(shapes, JSON.stringify([{ classId: schema.classes[1]?.id, geometry: { kind: 'rectangle', x: 80, y: 60, width: 160, height: 120 } }]))

  expect(await cli.json(EXIT.ok, 'annotate', task, '--file', shapes)).toMatchObject({ added: 1 })
  expect(await cli.json(EXIT.ok, 'submit', task)).toMatchObject({ kind: 'submitted' })
  expect(await cli.json(EXIT.ok, 'sync')).toMatchObject({ sync: { phase: 'local', outbox: { waiting: 0, dead: 0 } } })
  expect(await cli.json(EXIT.ok, 'export', '--format', 'yolo', '--out', out, '--images')).toMatchObject({ images: 1, shapes: 1 })
  expect(await readFile(join(out, 'labels/one.txt'), 'utf8')).toMatch(/^1( 0\.50*){4}\n$/)
  expect(await readFile(join(out, 'images/one.jpg'))).toEqual(await readFile(join(pictures, 'one.jpg')))
  expect(await cli.json(EXIT.ok, 'verify')).toMatchObject({ ok: true })
})

test('a second command on a workspace that is in use ends with a clear message, and the first goes on', async () => {
  const silent = createServer()
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  const busy = new FieldmarkCli(cli.workspace, { FIELDMARK_TOKEN: 'a-token-that-nobody-asks-for' })
  const connected = once(silent, 'connection')
  const first = busy.start('init', '--url', `http://127.0.0.1:${address.port}`)
  try {
    await connected
    expect(await cli.run('status')).toMatchObject({ code: EXIT.workspaceInUse, stderr: expect.stringContaining('has this workspace open') as string })
    expect(first.exitCode).toBeNull()
  } finally {
    first.kill()
    await once(first, 'exit')
    silent.close()
  }
  expect((await cli.run('status')).code).toBe(EXIT.ok)
})

async function makePictures(pictures: string): Promise<void> {
  await mkdir(pictures)
  await writeFile(join(pictures, 'classes.txt'), 'cat\ndog\n')
  await writeFile(join(pictures, 'one.jpg'), await jpegOf(320, 240, 1))
  await writeFile(join(pictures, 'two.jpg'), await jpegOf(320, 240, 2))
}
