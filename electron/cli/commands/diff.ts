import { PredictionIdSchema } from '../../../shared/domain/ids.ts'
import type { Outcome } from '../../../shared/domain/revision.ts'
import type { Comparable, ComparedVersions, VersionRef } from '../../../shared/rpc/compare.ts'
import { differenceEntries, type DifferenceEntry } from '../../../shared/rpc/differenceEntries.ts'
import { CliError, EXIT } from '../exitCodes.ts'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'
import { taskIdOf } from './tasks.ts'

export interface DiffOptions { workspace: string; json?: boolean; from?: string; to: string }

/** Prints what differs between two versions of a task as a table; ends with 9 when anything does. */
export function diff(id: string, options: DiffOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const taskId = taskIdOf(id)
    const versions = await engine.call('versions.comparable', { taskId })
    const compared = await engine.call('versions.between', { jobId: 'cli', taskId, from: refOf(options.from ?? usualStart(versions), versions), to: refOf(options.to, versions) })
    const entries = differenceEntries(compared)
    print(options, { from: compared.from.version, to: compared.to.version, differences: compared.differences }, () => [
      `From ${titleOf(compared.from.version)}`, `to   ${titleOf(compared.to.version)}`,
      ...(entries.length === 0 ? ['Both say the same.'] : tableOf([['CHANGE', 'WHAT', 'IOU', 'SHAPE'], ...entries.map((entry) => cellsOf(entry, compared))])),
    ])
    if (entries.length > 0) throw new CliError(EXIT.different, `${entries.length} ${entries.length === 1 ? 'difference' : 'differences'}`)
  })
}

/** The last revision, of this workstation if there is one; without any, the first prediction. */
function usualStart(versions: readonly Comparable[]): string {
  const revision = versions.findLast((each) => each.kind === 'revision' && each.here) ?? versions.findLast((each) => each.kind === 'revision')
  const start = revision ?? versions.find(({ kind }) => kind === 'prediction')
  if (start?.kind === 'revision') return start.revisionId
  if (start?.kind === 'prediction') return `prediction:${start.predictionId}`
  throw new CliError(EXIT.notFound, 'The task has no revision and no prediction to compare with')
}

function refOf(text: string, versions: readonly Comparable[]): VersionRef {
  if (text === 'draft' || text === 'gold') return { kind: text }
  if (text.startsWith('prediction:')) {
    const predictionId = PredictionIdSchema.safeParse(text.slice('prediction:'.length))
    if (!predictionId.success) throw new CliError(EXIT.usage, `${text} names no prediction`)
    return { kind: 'prediction', predictionId: predictionId.data }
  }
  const found = versions.flatMap((each) => (each.kind === 'revision' && each.revisionId.startsWith(text) ? [each.revisionId] : []))
  const [revisionId, another] = found
  if (revisionId === undefined) throw new CliError(EXIT.notFound, `There is no revision ${text} of this task here`)
  if (another !== undefined) throw new CliError(EXIT.usage, `${text} is the beginning of ${found.length} revisions`)
  return { kind: 'revision', revisionId }
}

function titleOf(version: Comparable): string {
  if (version.kind === 'gold') return `the gold answer, ${version.shapes} shapes`
  if (version.kind === 'draft') return `the draft, ${version.shapes} shapes`
  if (version.kind === 'prediction') return `the prediction ${version.predictionId} of ${version.model} ${version.modelVersion}, ${version.shapes} shapes`
  return `revision ${version.revisionId.slice(0, 12)} of ${version.author}, ${version.createdAt}, ${version.shapes} shapes`
}

const WORDS: Readonly<Record<string, string>> = { tagAdded: 'tag added', tagRemoved: 'tag removed' }

function cellsOf({ kinds, name, similarity, before, after, attributes }: DifferenceEntry, { from, to }: ComparedVersions): string[] {
  const what = kinds.includes('outcome')
    ? `${outcomeText(from.content.outcome)} → ${outcomeText(to.content.outcome)}`
    : [name, ...attributes.map((each) => `${each.name}: ${String(each.before ?? '-')} → ${String(each.after ?? '-')}`)].join(', ')
  return [kinds.map((kind) => WORDS[kind] ?? kind).join(', '), what, similarity?.toFixed(2) ?? '', before?.id ?? after?.id ?? '']
}

function outcomeText(outcome: Outcome): string {
  return outcome.kind === 'skipped' ? `skipped (${outcome.reason})` : 'labelled'
}

/** Rows as lines whose columns stand below each other. */
function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}
