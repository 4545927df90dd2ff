import { useEffect } from 'react'
import type { EngineClient } from '../bridge/engineClient.ts'

/** Syncs at once when the system says that the network is back; Chromium knows it first. */
export function useNetworkWake(engine: EngineClient): void {
  useEffect(() => {
    // A lost engine syncs by itself when it starts again.
    const wake = () => void engine.request('sync.now', {}).catch(() => undefined)
    window.addEventListener('online', wake)
    return () => window.removeEventListener('online', wake)
  }, [engine])
}
