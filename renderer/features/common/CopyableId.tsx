import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCopyText } from '../../bridge/CopyContext.tsx'

/** How long it shows that something was copied, in milliseconds. */
const SHOWN_MS = 1500

/** An id, hash or path that a person passes on: its beginning is shown, and all of it is copied. `name` says what it is. */
export function CopyableId({ name, value, length = value.length }: { name: string; value: string; length?: number }) {
  const { t } = useTranslation()
  const copyText = useCopyText()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const Sign = copied ? IconCheck : IconCopy
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, maxWidth: '100%' }}>
      <code data-selectable title={value}>{value.slice(0, length)}</code>
      <ActionIcon
        size={18} variant="subtle" color="gray" aria-label={t(copied ? 'common.copied' : 'common.copyNamed', { name })} title={t('common.copyNamed', { name })}
        onClick={() => { copyText(value).then(() => setCopied(true), () => setCopied(false)) }}
      >
        <Sign size={12} aria-hidden />
      </ActionIcon>
    </span>
  )
}
