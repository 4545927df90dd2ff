import type { ChannelName, RequestOf, ResponseOf } from '../../../shared/rpc/channels.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'

/** An engine on a folder, as a window sees it. It can end and be started again on what is on the disk. */
export interface Station {
  readonly folder: string
  readonly isAlive: boolean
  start(): Promise<void>
  /** @throws RpcError as the engine does; StationDied when its process ended before it answered. */
  call<C extends ChannelName>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>>
  /** The computer woke up. */
  resume(): void
  /** Ends as an application that is quit. */
  stop(): Promise<void>
  /** Ends without a chance to do anything, where that is possible; else as `stop`. */
  kill(): Promise<void>
}

/** The engine's process ended, so it is not known whether it did what it was asked. */
export class StationDied extends Error {
  override readonly name = 'StationDied'
}

/** Short, so that a silent server costs a history little; a computer that is busy with other things may need longer ones. */
export const SILENCE_MS = Number(process.env['FIELDMARK_SILENCE_MS'] ?? 1_500)

/** How stations reach the orchestrator behind `origin`. */
export function configOf(folder: string, origin: string, token: string): EngineConfig {
  return { workspaceDir: folder, source: { kind: 'orchestrator', url: origin, token }, appVersion: '1', deviceName: 'station' }
}
