import { ENGINE_PORT_MESSAGE } from '../../shared/rpc/envelope.ts'
import type { EngineClient } from './engineClient.ts'

/** Gives the client each port that the preload hands over, and only those; returns the way to stop. */
export function acceptEnginePorts(client: EngineClient): () => void {
  const onMessage = (event: MessageEvent<unknown>) => {
    const port = event.ports[0]
    if (event.source !== window || event.data !== ENGINE_PORT_MESSAGE || !port) return
    client.attach(port)
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}
