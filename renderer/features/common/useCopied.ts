import { useEffect, useState } from 'react'
import { useCopyText } from '../../bridge/CopyContext.tsx'

/** How long it shows that something was copied, in milliseconds. */
const SHOWN_MS = 1500

/** Copies text, and says for a moment that it was. */
export function useCopied(value: string): { copied: boolean; copy: () => void } {
  const copyText = useCopyText()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return { copied, copy: () => { copyText(value).then(() => setCopied(true), () => setCopied(false)) } }
}
