import { join } from 'node:path'
import { z } from 'zod'
import { DraftRecordSchema } from '../../shared/domain/draft.ts'
import type { Shape } from '../../shared/domain/shape.ts'
import { FieldmarkCli } from '../integration/cli/fieldmarkCli.ts'

/** The shapes of the first task of a folder of pictures as its workspace keeps them, in the order of the stack. No window may have it open. */
export async function keptShapes(folder: string): Promise<Shape[]> {
  const cli = new FieldmarkCli(join(folder, '.fieldmark'))
  await cli.json(0, 'init', '--folder', folder)
  const { rows } = z.object({ rows: z.array(z.object({ id: z.string() })) }).parse(await cli.json(0, 'list'))
  const { records } = z.object({ records: z.array(DraftRecordSchema) }).parse(await cli.json(0, 'show', rows[0]?.id ?? ''))
  return records.flatMap((record) => (record.type === 'shape' ? [record] : [])).sort((a, b) => a.order - b.order)
}
