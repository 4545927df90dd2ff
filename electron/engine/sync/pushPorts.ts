import type { Clock, ObjectStore, Orchestrator, SyncStore } from './ports.ts'
import type { TransferBoard } from './transfers.ts'

/** What the parts of a round that send work with. */
export interface PushPorts {
  store: SyncStore
  orchestrator: Orchestrator
  objectStore: ObjectStore
  clock: Clock
  random: () => number
  board: TransferBoard
  /** What waits to be sent has changed. */
  onChange: () => void
}
