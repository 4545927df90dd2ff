import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react'
import type { EngineClient } from './engineClient.ts'

const EngineContext = createContext<EngineClient | undefined>(undefined)

export function EngineProvider({ client, children }: { client: EngineClient; children: ReactNode }) {
  return <EngineContext value={client}>{children}</EngineContext>
}

export function useEngine(): EngineClient {
  const client = useContext(EngineContext)
  if (!client) throw new Error('useEngine needs an EngineProvider around it')
  return client
}

/** Whether there is an engine to ask at the moment. */
export function useEngineConnected(): boolean {
  const client = useEngine()
  return useSyncExternalStore(client.onConnection, () => client.connected)
}
