// Verifies exported audit logs: node verifyAudit.mjs EXPORT.jsonl [ANOTHER.jsonl ...]. It shares no code with the program that wrote them.
// Prints what is wrong, one finding a line, and ends with 1 then. Exports of the same device are compared too, which shows a copied computer.
import { createHash, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
/** Canonical JSON by RFC 8785. @typedef {any} Line @param {Line} value @returns {string} */
const canonical = (value) => Array.isArray(value) ? `[${value.map(canonical).join()}]` : value === null || typeof value !== 'object' ? JSON.stringify(value)
  : `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex')
/** @param {string} key @param {Buffer} bytes @param {string} signature */
const signed = (key, bytes, signature) => { try { return verify(null, bytes, key, Buffer.from(signature, 'base64')) } catch { return false } }
const statement = (/** @type {string} */ domain, /** @type {Line} */ { kind: _kind, signature: _signature, ...rest }) => Buffer.from(`${domain}\n${canonical(rest)}`)
const hashOf = (/** @type {Line} */ { kind: _kind, payload: _payload, hash: _hash, signature: _signature, ...signs }) => sha256(`fieldmark.audit/1\n${canonical(signs)}`)
const parsed = (/** @type {string} */ text) => { try { return JSON.parse(text) } catch { return {} } }
const fault = (/** @type {string} */ kind, /** @type {Line} */ { epoch, seq }, /** @type {string} */ text) => { process.exitCode = 1; console.log(`${kind} ${epoch}/${seq}: ${text}`) }
function walk(/** @type {Line} */ epoch, /** @type {Line[]} */ entries) {
  let before = { seq: 0, hash: '0'.repeat(64) }
  for (const entry of entries) {
    if (entry.seq !== before.seq + 1) fault('gap', entry, `entry ${before.seq + 1} was removed`)
    if (entry.prev !== before.hash) fault('brokenLink', entry, 'it does not follow the entry before it')
    if (sha256(`fieldmark.audit-payload/1\n${entry.payload}`) !== entry.payloadHash) fault('payloadMismatch', entry, 'its payload was changed')
    const place = Array.from({ length: 401 }, (_, i) => entry.seq + i - 200).find((seq) => hashOf({ ...entry, seq }) === entry.hash)
    if (place === undefined) fault('hashMismatch', entry, 'it was changed')
    else if (place !== entry.seq) fault('reordered', entry, `it is entry ${place}`)
    else if (entry.device !== epoch.device || !signed(epoch.publicKey, Buffer.from(entry.hash, 'hex'), entry.signature)) fault('badSignature', entry, 'the device did not sign it: it was added or changed')
    before = entry
  }
  if (epoch.forkedAt !== null) fault('forked', { ...epoch, seq: epoch.acknowledged + 1 }, `the server holds another continuation, as it said at ${epoch.forkedAt}`)
}
/** Compares a chain with what somebody else said of it. @param {Line[]} entries @param {Line} said @param {string} who */
function compare(entries, said, who) {
  const last = entries.at(-1)?.seq ?? 0
  if (said.size > last) fault('cutTail', { epoch: said.epoch, seq: last + 1 }, `${who} knows ${said.size} entries, here are ${last}`)
  else if (entries.find(({ seq }) => seq === said.size)?.hash !== said.head) fault('recomputed', { epoch: said.epoch, seq: said.size }, `${who} knows another entry here`)
}
const known = new Map() // the hashes that devices signed, by place; the same place twice is a fork
for (const file of process.argv.slice(2)) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
  const all = (/** @type {string} */ kind) => lines.filter((line) => line.kind === kind)
  if (all('header')[0]?.format !== 'fieldmark.audit-export/1' || all('end')[0]?.lines !== lines.length) fault('cutFile', { epoch: 0, seq: 0 }, 'the export is not whole')
  const chains = new Map(all('epoch').map(({ epoch }) => [epoch, all('entry').filter((entry) => entry.epoch === epoch)]))
  for (const epoch of all('epoch')) {
    const entries = chains.get(epoch.epoch) ?? []
    walk(epoch, entries)
    const { previousEpoch, previousSize, previousHead } = parsed(entries[0]?.seq === 1 ? entries[0].payload : '{}').details ?? {}
    const previous = chains.get(previousEpoch)
    if (previous) compare(previous, { epoch: previousEpoch, size: previousSize, head: previousHead }, 'the next epoch')
    if (previous && previous.at(-1)?.seq > previousSize) fault('added', { epoch: previousEpoch, seq: previousSize + 1 }, 'the epoch had ended before')
    for (const { device, seq, hash } of entries) {
      if ((known.get(`${device} ${epoch.epoch}/${seq}`) ?? hash) !== hash) fault('forked', { epoch: epoch.epoch, seq }, `two exports hold different entries of device ${device}`)
      known.set(`${device} ${epoch.epoch}/${seq}`, hash)
    }
  }
  const said = (/** @type {string} */ kind, /** @type {string} */ who, /** @type {(said: Line) => string | undefined} */ keyOf) => all(kind).forEach((each) => {
    if (signed(keyOf(each) ?? '', statement(`fieldmark.audit-${kind}/1`, each), each.signature)) compare(chains.get(each.epoch) ?? [], each, who)
    else fault(`bad${kind === 'receipt' ? 'Receipt' : 'Checkpoint'}`, { ...each, seq: each.size }, `${who} did not sign it`)
  })
  said('receipt', 'the server', ({ serverKeyId }) => all('serverKey').find(({ id }) => id === serverKeyId)?.publicKey)
  said('checkpoint', "the device's checkpoint", ({ epoch }) => all('epoch').find((each) => each.epoch === epoch)?.publicKey)
  console.log(`${file}: ${all('entry').length} entries in ${chains.size} epochs, ${all('receipt').length} receipts`)
}
