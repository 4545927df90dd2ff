/** A port as Electron gives it to a utility process; declared here because the engine imports nothing from electron. */
export interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}

/** How a utility process talks to the main process. */
interface UtilityParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: UtilityPort[] }) => void): void
}

/** There in a utility process alone. */
export const { parentPort: utilityParentPort } = process as unknown as { parentPort?: UtilityParentPort }
