import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { EXIT } from '../../../electron/cli/exitCodes.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { jpegOf } from '../../builders/images.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { draw, openEngineLab, pullAll } from '../engine/engineLab.ts'
import { FieldmarkCli } from './fieldmarkCli.ts'

const box = (x: number, classId = 'person') => ({ classId, geometry: { kind: 'rectangle', x, y: 4, width: 10, height: 10 }, attributes: {} })

test('diff prints what differs between two versions of a task, and its exit code says whether anything does', async () => {
  const folder = temporaryFolder()
  const pictures = join(folder, 'pictures')
  await mkdir(pictures)
  await writeFile(join(pictures, 'one.jpg'), await jpegOf(64, 48, 1))
  await writeFile(join(pictures, 'labels.json'), JSON.stringify(A_LABEL_SCHEMA))
  const cli = new FieldmarkCli(join(folder, 'workspace'))
  await cli.json(EXIT.ok, 'init', '--folder', pictures)
  await cli.json(EXIT.ok, 'pull')
  const task = z.object({ rows: z.array(z.object({ id: z.string() })) }).parse(await cli.json(EXIT.ok, 'list')).rows[0]?.id ?? ''
  const annotate = async (...shapes: unknown[]) => {
    await writeFile(join(folder, 'shapes.json'), JSON.stringify(shapes))
    await cli.json(EXIT.ok, 'annotate', task, '--file', join(folder, 'shapes.json'))
  }
  await annotate(box(2))
  const { revisionId } = z.object({ revisionId: z.string() }).parse(await cli.json(EXIT.ok, 'submit', task))
  expect(await cli.run('diff', task)).toMatchObject({ code: EXIT.ok, stdout: expect.stringContaining('Both say the same.') as string, stderr: '' })

  await annotate(box(30))
  const { code, stdout, stderr } = await cli.run('diff', task, '--from', revisionId.slice(0, 8), '--to', 'draft')
  expect([code, stderr.trim()]).toEqual([EXIT.different, '1 difference'])
  expect(stdout).toContain(`From revision ${revisionId.slice(0, 12)} of `)
  expect(stdout).toMatch(/CHANGE +WHAT +IOU +SHAPE\nadded +Person +\S+/)
  expect((await cli.run('diff', task, '--from', 'ffffffff')).code).toBe(EXIT.notFound)
}, 60_000)

test('diff compares a result with the answer to a gold task, for those who have it', async () => {
  const lab = await openEngineLab()
  await lab.addTask('a')
  await lab.server.setGold('task-a', { shapes: [{ id: 'gold-1', classId: 'person', geometry: { kind: 'rectangle', x: 5, y: 5, width: 20, height: 30 } }], feedback: 'never' })
  const annotator = await lab.open()
  await pullAll(annotator)
  await draw(annotator, 'a', 'first')
  await annotator.call('tasks.submit', { taskId: TaskIdSchema.parse('task-a'), timeOnTaskMs: 0 })
  await annotator.syncOnce()
  const reviewer = await lab.openFor({ id: 'rita', roles: ['reviewer'] })
  await pullAll(reviewer)
  const revision = (await reviewer.call('reviews.queue', { query: {} })).rows[0]?.revisionId ?? ''
  await Promise.all([annotator.stop(), reviewer.stop()])
  const cliOf = async (workspace: string) => {
    await writeFile(join(workspace, 'workspace.json'), JSON.stringify({ kind: 'orchestrator', url: lab.server.url }))
    return new FieldmarkCli(workspace)
  }
  const compared = await (await cliOf(join(dirname(lab.folder), 'workspace-of-rita'))).run('diff', 'task-a', '--from', 'gold', '--to', revision.slice(0, 8))
  expect([compared.code, compared.stderr.trim()]).toEqual([EXIT.different, '1 difference'])
  expect(compared.stdout).toMatch(/^From the gold answer, 1 shapes\n/)
  expect(compared.stdout).toMatch(/reshaped +Person +0\.67 +gold-1/)
  expect((await (await cliOf(lab.folder)).run('diff', 'task-a', '--from', 'gold')).code).toBe(EXIT.notFound)
}, 60_000)
