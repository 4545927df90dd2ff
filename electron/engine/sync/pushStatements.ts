import type { DeviceRegistration } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { StatementItem } from './ports.ts'
import { byTask, pushLane } from './pushLane.ts'
import type { PushPorts } from './pushPorts.ts'

const RUN_LIMIT = 1_000

/** Sends the reviews and comments that are due at `dueAt` (milliseconds since 1970), in the name of this device. @returns what went wrong last, if anything did */
export function pushStatements(ports: PushPorts & { devices: () => readonly DeviceRegistration[] }, dueAt: number, signal: AbortSignal): Promise<RemoteError | undefined> {
  const { store, orchestrator, clock, random, onChange } = ports
  const device = ports.devices().at(-1)
  if (device === undefined) return Promise.resolve(undefined)
  return pushLane<StatementItem>({
    items: byTask(store.dueStatements(dueAt, RUN_LIMIT)), clock, random,
    async send({ id, statement }, signalOfRun) {
      const receipt = await orchestrator.state({ deviceId: device.deviceId, statement }, signalOfRun)
      signalOfRun.throwIfAborted()
      if (receipt.statementId !== id) throw new RemoteError({ kind: 'corrupt' }, 'The receipt is for another statement')
      store.acceptStatementReceipt(receipt)
      onChange()
    },
    scheduleRetry: ({ id }, nextAttemptAt, note) => { store.postponeStatement(id, nextAttemptAt, note) },
    layAside: ({ id }, note) => {
      store.refuseStatement(id, note)
      onChange()
    },
  }, signal)
}
