// Verifies exported audit logs: node verifyAudit.mjs EXPORT.jsonl [ANOTHER.jsonl ...]. It shares no code with the program that wrote them.
// Prints what is wrong, one finding a line, and ends with 1 then. Exports of the same device are compared too, which shows a copied computer.
import { createHash, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Canonical JSON by RFC 8785. @param {any} value @returns {string} */
const canonical = (value) => Array.isArray(value) ? `[${value.map(canonical).join()}]` : value === null || typeof value !== 'object' ? JSON.stringify(value)
  : `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('hex')
/** @param {string} publicKey @param {Buffer} bytes @param {string} signature */
const signed = (publicKey, bytes, signature) => { try { return verify(null, bytes, publicKey, Buffer.from(signature, 'base64')) } catch { return false } }
/** @param {string} domain @param {any} record */
const statement = (domain, { kind: _kind, signature: _signature, ...rest }) => Buffer.from(`${domain}\n${canonical(rest)}`)
/** @param {any} entry */
const hashOf = ({ device, epoch, seq, prev, type, payloadHash, wall, monotonicMs }) => sha256(`fieldmark.audit/1\n${canonical({ device, epoch, seq, prev, type, payloadHash, wall, monotonicMs })}`)
/** @param {any} entry */
const movedFrom = (entry) => Array.from({ length: 401 }, (_, i) => entry.seq + i - 200).find((seq) => hashOf({ ...entry, seq }) === entry.hash)

/** @param {string} text @returns {any} */
const parsed = (text) => { try { return JSON.parse(text) } catch { return {} } }

let findings = 0
/** @param {string} kind @param {any} where @param {string} text */
const fault = (kind, where, text) => { findings++; console.log(`${kind} ${where.epoch}/${where.seq}: ${text}`) }

/** Walks along one epoch. @param {any} epoch @param {any[]} entries */
function walk(epoch, entries) {
  let before = { seq: 0, hash: '0'.repeat(64) }
  for (const entry of entries) {
    if (entry.seq !== before.seq + 1) fault('gap', entry, `entry ${before.seq + 1} was removed`)
    if (entry.prev !== before.hash) fault('brokenLink', entry, 'it does not follow the entry before it')
    if (sha256(`fieldmark.audit-payload/1\n${entry.payload}`) !== entry.payloadHash) fault('payloadMismatch', entry, 'its payload was changed')
    const place = movedFrom(entry)
    if (place === undefined) fault('hashMismatch', entry, 'it was changed')
    else if (place !== entry.seq) fault('reordered', entry, `it is entry ${place}`)
    else if (entry.device !== epoch.device || !signed(epoch.publicKey, Buffer.from(entry.hash, 'hex'), entry.signature)) fault('badSignature', entry, 'the device did not sign it: it was added or changed')
    before = entry
  }
  if (epoch.forkedAt !== null) fault('forked', { ...epoch, seq: epoch.acknowledged + 1 }, `the server holds another continuation, as it said at ${epoch.forkedAt}`)
}

/** Compares a chain with what somebody else said of it. @param {any[]} entries @param {{ epoch: number, size: number, head: string }} said @param {string} who */
function compare(entries, said, who) {
  const last = entries.at(-1)?.seq ?? 0
  if (said.size > last) fault('cutTail', { epoch: said.epoch, seq: last + 1 }, `${who} knows ${said.size} entries, here are ${last}`)
  else if (entries.find(({ seq }) => seq === said.size)?.hash !== said.head) fault('recomputed', { epoch: said.epoch, seq: said.size }, `${who} knows another entry here`)
}

/** @type {Map<string, string>} hashes that devices signed, by place; the same place twice is a fork */
const known = new Map()
for (const file of process.argv.slice(2)) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
  /** @param {string} kind @returns {any[]} */
  const all = (kind) => lines.filter((line) => line.kind === kind)
  if (all('header')[0]?.format !== 'fieldmark.audit-export/1' || all('end')[0]?.lines !== lines.length) fault('cutFile', { epoch: 0, seq: 0 }, 'the export is not whole')
  const chains = new Map(all('epoch').map((epoch) => [epoch.epoch, all('entry').filter((entry) => entry.epoch === epoch.epoch)]))
  for (const epoch of all('epoch')) {
    const entries = chains.get(epoch.epoch) ?? []
    walk(epoch, entries)
    const { previousEpoch, previousSize, previousHead } = parsed(entries[0]?.seq === 1 ? entries[0].payload : '{}').details ?? {}
    const previous = chains.get(previousEpoch)
    if (previous) compare(previous, { epoch: previousEpoch, size: previousSize, head: previousHead }, 'the next epoch')
    if (previous && previous.at(-1)?.seq > previousSize) fault('added', { epoch: previousEpoch, seq: previousSize + 1 }, 'the epoch had ended before')
    for (const { device, seq, hash } of entries) {
      const place = `${device} ${epoch.epoch}/${seq}`
      if ((known.get(place) ?? hash) !== hash) fault('forked', { epoch: epoch.epoch, seq }, `two exports hold different entries of device ${device}`)
      known.set(place, hash)
    }
  }
  for (const receipt of all('receipt')) {
    const key = all('serverKey').find(({ id }) => id === receipt.serverKeyId)?.publicKey ?? ''
    if (!signed(key, statement('fieldmark.audit-receipt/1', receipt), receipt.signature)) fault('badReceipt', { ...receipt, seq: receipt.size }, 'the server did not sign it')
    else compare(chains.get(receipt.epoch) ?? [], receipt, 'the server')
  }
  for (const checkpoint of all('checkpoint')) {
    const key = all('epoch').find(({ epoch }) => epoch === checkpoint.epoch)?.publicKey ?? ''
    if (!signed(key, statement('fieldmark.audit-checkpoint/1', checkpoint), checkpoint.signature)) fault('badCheckpoint', { ...checkpoint, seq: checkpoint.size }, 'the device did not sign it')
    else compare(chains.get(checkpoint.epoch) ?? [], checkpoint, "the device's checkpoint")
  }
  console.log(`${file}: ${all('entry').length} entries in ${chains.size} epochs, ${all('receipt').length} receipts`)
}
process.exitCode = findings > 0 ? 1 : 0
