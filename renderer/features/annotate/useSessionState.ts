import { useCallback, useEffect, useRef, useState } from 'react'

/** As `useState`, but begins anew with each session; what an earlier session still has to say is not heard. */
export function useSessionState<T>(sessionId: string, initial: T): [T, (value: T) => void] {
  const [held, setHeld] = useState({ sessionId, value: initial })
  const present = useRef(sessionId)
  useEffect(() => { present.current = sessionId }, [sessionId])
  const set = useCallback((value: T) => {
    if (present.current === sessionId) setHeld({ sessionId, value })
  }, [sessionId])
  return [held.sessionId === sessionId ? held.value : initial, set]
}
