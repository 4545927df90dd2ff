import { readFileSync, existsSync } from 'node:fs'
import { createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import { json, withCopy, withOpen, type Evidence } from './databases.ts'
import { sha256 } from './signed.ts'
import type { Witness } from './workspace.ts'

/** The key that the orchestrator of a data folder signs with, SPKI in PEM. */
export function serverKeyOf(dataDir: string): string {
  return createPublicKey(String(json(readFileSync(join(dataDir, 'keys.json'), 'utf8'))['signingKeyPem'])).export({ type: 'spki', format: 'pem' }).toString()
}

/** Checks what the orchestrator holds against the workspaces of its people, once everything has been sent. */
export function checkServer(dataDir: string, witnesses: readonly Witness[]): string[] {
  return withOpen(join(dataDir, 'orchestrator.db'), (server) => [
    ...checkObjects(server, dataDir),
    ...checkHeld(server, witnesses),
    ...witnesses.flatMap(({ folder }) => withCopy(join(folder, 'work.db'), (db) => [...checkStatements(server, db), ...checkPrefix(server, db), ...checkConvergence(server, db)])),
  ])
}

/** Invariant 8. */
function checkObjects(server: Evidence, dataDir: string): string[] {
  return server.all('SELECT key, sha256 FROM objects').flatMap(({ key, sha256: hash }) => {
    const file = join(dataDir, 'objects', String(hash).slice(0, 2), String(hash))
    const breaches: string[] = []
    if (!existsSync(file) || sha256(readFileSync(file)) !== hash) breaches.push(`8: the object ${String(key)} does not hold its bytes`)
    const [kind] = String(key).split('/')
    if ((kind === 'submissions' || kind === 'journals') && key !== `${kind}/sha256/${String(hash)}`) breaches.push(`8: ${String(key)} is not the hash of its bytes`)
    return breaches
  })
}

/** Invariants 1 and 3: what was saved here and not refused is there once, under its hash, and nothing else is. */
function checkHeld(server: Evidence, witnesses: readonly Witness[]): string[] {
  const held = new Map(server.all(`SELECT id, sha256 FROM submissions WHERE user_id = 'ada'`).map(({ id, sha256: hash }) => [String(id), String(hash)]))
  const breaches: string[] = []
  const known = new Set<string>()
  for (const { folder } of witnesses) {
    const rows = withCopy(join(folder, 'work.db'), (db) => db.all(`SELECT s.submission_id AS id, s.revision_id AS hash, t.submission_id AS receipt FROM submissions s LEFT JOIN receipts t USING (submission_id)`))
    for (const { id, hash, receipt } of rows) {
      known.add(String(id))
      const there = held.get(String(id))
      if (receipt !== null && there === undefined) breaches.push(`1: submission ${String(id)} has a receipt and is not there`)
      if (there !== undefined && there !== hash) breaches.push(`3: submission ${String(id)} is there for other bytes`)
    }
  }
  for (const id of held.keys()) if (!known.has(id)) breaches.push(`1: submission ${id} is there and nobody sent it`)
  return breaches
}

/** Invariants 1 to 3 for reviews and comments: once all is synced, each that was not refused is there, in the same words; and each history is in storage. */
function checkStatements(server: Evidence, db: Evidence): string[] {
  const held = new Map(server.all('SELECT statement_id AS id, sha256 FROM statement_receipts').map(({ id, sha256: hash }) => [String(id), String(hash)]))
  const unlike = db.all(`SELECT id, json FROM statements WHERE state <> 'dead'`).filter(({ id, json: words }) => held.get(String(id)) !== sha256(String(words)))
  const waiting = db.all(`SELECT submission_id AS id FROM submissions JOIN receipts USING (submission_id) WHERE journal_sent <> 'sent'`)
  return [...unlike.map(({ id }) => `1: what was said as ${String(id)} is not there`), ...waiting.map(({ id }) => `1: the history of submission ${String(id)} was not stored`)]
}

/** Invariant 6: what the server holds of a sound chain is its beginning; once all is synced, all of it. */
function checkPrefix(server: Evidence, db: Evidence): string[] {
  return db.all('SELECT epoch, device FROM audit_epochs WHERE forked_at IS NULL').flatMap(({ epoch, device }) => {
    const here = db.column('SELECT hash FROM audit WHERE epoch = ? ORDER BY seq', epoch)
    const there = server.column('SELECT hash FROM audit_entries WHERE device = ? AND epoch = ? ORDER BY seq', device, epoch)
    return here.join() === there.join() ? [] : [`6: the server holds ${there.length} entries of epoch ${String(epoch)}, here are ${here.length}`]
  })
}

/** The workspace knows the same state and newest version of each of its person's tasks as the server does. */
function checkConvergence(server: Evidence, db: Evidence): string[] {
  const [user] = db.column(`SELECT value ->> '$.id' FROM meta WHERE key = 'user'`)
  return server.all('SELECT id, state, head_revision FROM tasks WHERE assignee = ? AND deleted = 0', user).flatMap(({ id, state, head_revision: head }) => {
    const [here] = db.all('SELECT state, head_revision FROM tasks WHERE id = ?', id)
    const same = here?.['state'] === state && here?.['head_revision'] === head
    return same ? [] : [`convergence: task ${String(id)} is ${JSON.stringify(here)} here, ${JSON.stringify({ state, head })} there`]
  })
}
