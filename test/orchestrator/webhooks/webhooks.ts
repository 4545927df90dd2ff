import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database, Tables } from '../db/tables.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import type { Webhooks } from '../http/services.ts'
import { webhookSignature } from './signature.ts'
import type { Subscription } from './subscriptions.ts'

export interface WebhookOptions {
  db: Database
  subscriptions: readonly Subscription[]
  now: () => number
  /** The first retry waits up to this long, each next one up to twice as long, in milliseconds. */
  retryBaseMs: number
  onError: (error: unknown) => void
}

type Delivery = Selectable<Tables['deliveries']>

const ATTEMPTS = 12
const RETRY_LIMIT_MS = 60 * 60_000
const PAUSE_AFTER_ERROR_MS = 5_000
const ANSWER_TIMEOUT_MS = 10_000
const BATCH = 20

/** Delivers webhooks at least once: what is due is sent on `wake` and when its time comes, also after a restart. `stop` waits for what is under way. */
export function createWebhooks(options: WebhookOptions): Webhooks & { stop(): Promise<void> } {
  const { db, subscriptions, now, onError } = options
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false

  const wake = () => {
    if (stopping.signal.aborted) return
    again = true
    running ??= run().catch(recover).finally(ended)
  }
  const recover = (error: unknown) => {
    onError(error)
    if (!stopping.signal.aborted) timer = setTimeout(wake, PAUSE_AFTER_ERROR_MS)
  }
  const ended = () => {
    running = undefined
    if (again) wake()
  }
  const run = async () => {
    while (again && !stopping.signal.aborted) {
      again = false
      clearTimeout(timer)
      const due = await dueDeliveries(db, instantOf(now()))
      await Promise.all(due.map((delivery) => attempt(options, delivery, stopping.signal)))
      if (due.length > 0) again = true
    }
    const next = await db.selectFrom('deliveries').select('nextAttemptAt').where('state', '=', 'waiting').orderBy('nextAttemptAt').limit(1).executeTakeFirst()
    if (next && !stopping.signal.aborted) timer = setTimeout(wake, Math.max(0, Date.parse(next.nextAttemptAt) - now()))
  }
  return {
    wake,
    async enqueue(trx, event) {
      const createdAt = instantOf(now())
      const rows = subscriptions.filter(({ events }) => events === undefined || events.includes(event.type)).map(({ url }) => {
        const id = randomUUID()
        const body = JSON.stringify({ id, createdAt, ...event })
        return { id, url, event: event.type, body, state: 'waiting', attempts: 0, nextAttemptAt: createdAt, lastError: null, createdAt }
      })
      if (rows.length > 0) await trx.insertInto('deliveries').values(rows).execute()
    },
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await running
    },
  }
}

const dueDeliveries = (db: Database, until: string): Promise<Delivery[]> =>
  db.selectFrom('deliveries').selectAll().where('state', '=', 'waiting').where('nextAttemptAt', '<=', until).orderBy('nextAttemptAt').limit(BATCH).execute()

async function attempt({ db, subscriptions, now, retryBaseMs }: WebhookOptions, delivery: Delivery, stopping: AbortSignal): Promise<void> {
  const subscription = subscriptions.find(({ url }) => url === delivery.url)
  const failure = subscription ? await send(subscription, delivery, now(), stopping) : 'nobody subscribes with this address any more'
  if (stopping.aborted && failure !== undefined) return
  const attempts = delivery.attempts + 1
  const state = failure === undefined ? 'delivered' : attempts >= ATTEMPTS || !subscription ? 'failed' : 'waiting'
  // Capped full jitter: retries of many deliveries do not come all at once.
  const pause = Math.random() * Math.min(RETRY_LIMIT_MS, retryBaseMs * 2 ** (attempts - 1))
  await db.updateTable('deliveries').set({ state, attempts, lastError: failure ?? null, nextAttemptAt: instantOf(now() + pause) })
    .where('id', '=', delivery.id).execute()
}

/** Sends once. @returns what went wrong, or undefined. */
async function send({ url, secret }: Subscription, { id, event, body }: Delivery, now: number, stopping: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST', body, redirect: 'error', signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      headers: {
        'content-type': 'application/json', 'fieldmark-event': event, 'fieldmark-delivery': id,
        'fieldmark-signature': webhookSignature(secret, Math.floor(now / 1000), body),
      },
    })
    await response.body?.cancel()
    return response.ok ? undefined : `status ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown'
  }
}
