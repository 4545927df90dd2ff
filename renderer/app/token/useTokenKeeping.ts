import { useEffect, useState } from 'react'
import type { Desktop } from '../../bridge/preloadApi.ts'
import type { TokenChoice, TokenKeeping } from '../../../shared/rpc/preload.ts'

export interface TokenKeeper {
  /** Undefined until the main process has said it. */
  keeping: TokenKeeping | undefined
  /** Whether the person is asked now: they were not yet and nothing protects the token, or they want to choose anew. */
  asking: boolean
  ask: () => void
  putOff: () => void
  choose: (choice: TokenChoice) => Promise<void>
}

/** How the token of the open workspace is kept, and what the person says to it. */
export function useTokenKeeping(desktop: Desktop): TokenKeeper {
  const [keeping, setKeeping] = useState<TokenKeeping>()
  const [asked, setAsked] = useState<boolean>()
  useEffect(() => {
    // Without an answer nothing is kept beyond the session, and there is nothing to ask.
    desktop.tokenKeeping().then(setKeeping, () => {})
  }, [desktop])
  const needsAnswer = keeping !== undefined && keeping.concerned && !keeping.isProtected && keeping.choice === undefined
  return {
    keeping, asking: asked ?? needsAnswer,
    ask: () => setAsked(true),
    putOff: () => setAsked(false),
    choose: async (choice) => {
      setKeeping(await desktop.keepToken(choice))
      setAsked(false)
    },
  }
}
