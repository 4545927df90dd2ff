import { createContext, useContext, type ReactNode } from 'react'

export type CopyText = (text: string) => Promise<void>

/** Without a desktop there is nothing to copy to. */
const CopyContext = createContext<CopyText>(() => Promise.reject(new Error('There is no clipboard')))

export function CopyProvider({ copyText, children }: { copyText: CopyText; children: ReactNode }) {
  return <CopyContext value={copyText}>{children}</CopyContext>
}

/** Puts text on the system's clipboard, which the page itself may not touch. */
export function useCopyText(): CopyText {
  return useContext(CopyContext)
}
