import { setTimeout as sleep } from 'node:timers/promises'
import { anAuditChain } from '../../builders/auditChain.ts'
import { createClient } from '../../contract/orchestrator/client.ts'
import { register } from '../../contract/orchestrator/lab.ts'
import { isSynced, LONGEST_MS, until, type Part, type Scene } from './part.ts'

/** Bert writes an audit log at another device, which the orchestrator takes. @returns that device's id */
async function bertWrites({ world: { server } }: Scene): Promise<string> {
  const token = await server.createUser({ id: 'bert', name: 'Bert', roles: ['annotator'] })
  const { client, device } = await register({ userId: 'bert', token, client: createClient(server.url, token) })
  await client.ok('appendAudit', { body: { device: device.deviceId, epoch: 1, entries: anAuditChain(device, 3) } })
  return device.deviceId
}

/** Syncs until a device's log is here. @throws StationDied when the engine ends before. */
async function untilHere({ desk }: Scene, device: string): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; await sleep(50)) {
    const { devices } = await desk.station.call('audit.facets', {})
    if (devices.some((each) => each.device === device)) return until(desk, isSynced)
    await desk.station.call('sync.now', {})
  }
  throw new Error(`The log of ${device} never came`)
}

/** A reviewer reads what others did. */
export const readingOthers: Part = {
  reviews: true,
  happens: async (scene) => untilHere(scene, await bertWrites(scene)),
}

/** The same, on both sides of a restored server, whose cursors are other ones. */
export const startingOver: Part = {
  reviews: true,
  async happens(scene) {
    await untilHere(scene, await bertWrites(scene))
    await scene.world.server.rollBack(1_000)
    await untilHere(scene, await bertWrites(scene))
  },
}
