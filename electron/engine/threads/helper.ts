/** What works beside the engine and is spoken to by messages: a thread, as Node's own `Worker` is one, or a process. */
export interface Helper {
  postMessage(message: unknown): void
  on(event: HelperEvent, listener: (value: unknown) => void): this
  off(event: HelperEvent, listener: (value: unknown) => void): this
  /** Ends it, whatever it does; resolves when it has ended. */
  terminate(): Promise<unknown>
}

type HelperEvent = 'message' | 'error' | 'exit'
