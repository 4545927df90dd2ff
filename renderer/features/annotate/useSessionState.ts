import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** As `useState`, but begins anew with each session; what an earlier session still has to say is not heard. */
export function useSessionState<T>(sessionId: string, initial: T): [T, (value: T) => void] {
  const [held, setHeld] = useState({ sessionId, value: initial })
  const present = useRef(sessionId)
  // Before the effects of what is inside, which may have something to say at once.
  useLayoutEffect(() => { present.current = sessionId }, [sessionId])
  const set = useCallback((value: T) => {
    if (present.current === sessionId) setHeld({ sessionId, value })
  }, [sessionId])
  return [held.sessionId === sessionId ? held.value : initial, set]
}
