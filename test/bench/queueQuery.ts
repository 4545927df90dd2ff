import { queryTasks } from '../../electron/engine/db/repositories/taskQuery.ts'
import { CHANNELS } from '../../shared/rpc/channels.ts'
import type { RequestOf } from '../../shared/rpc/channels.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { withWorkspace } from './manyTasks.ts'

const ROUNDS = 40
const PAGE = 200

type Filter = NonNullable<RequestOf<'tasks.query'>['query']['filter']>

const FILTERS: Record<string, Filter> = {
  'no filter': {},
  'by state': { standings: ['new'] },
  'by tag': { tag: { key: 'environment', value: 'night' } },
  'by text': { text: 'street-77' },
  'by state, tag and text': { standings: ['new'], tag: { key: 'environment', value: 'night' }, text: 'street-7' },
}

/** A page of the queue with its total, as the window asks for it. */
export function queueQuery(workspace: string): Promise<Comparison[]> {
  return withWorkspace(workspace, async ({ db }) => {
    const barePage = db.prepare('SELECT * FROM tasks ORDER BY arrival LIMIT ?')
    const bareTotal = db.prepare('SELECT count(*) FROM tasks')
    const comparisons: Comparison[] = []
    for (const [name, filter] of Object.entries(FILTERS)) {
      const times = await inTurns(ROUNDS,
        async () => timed(() => {
          const { query, offset, limit } = CHANNELS['tasks.query'].request.parse({ query: { filter }, limit: PAGE })
          queryTasks(db, query, offset, limit)
        }),
        async () => timed(() => {
          bareTotal.get()
          barePage.all(PAGE)
        }),
      )
      comparisons.push({ name: `queue of 100,000, ${name}`, fieldmark: times.fieldmark, floor: { name: `count(*), and SELECT * … LIMIT ${PAGE} along the primary key`, times: times.floor } })
    }
    return comparisons
  })
}
