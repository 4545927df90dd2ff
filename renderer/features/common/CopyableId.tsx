import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCopied } from './useCopied.ts'

/** An id, hash or path that a person passes on: its beginning is shown, and all of it is copied. `name` says what it is. */
export function CopyableId({ name, value, length = value.length }: { name: string; value: string; length?: number }) {
  const { t } = useTranslation()
  const { copied, copy } = useCopied(value)
  const Sign = copied ? IconCheck : IconCopy
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, maxWidth: '100%' }}>
      <code data-selectable title={value}>{value.slice(0, length)}</code>
      <ActionIcon
        size={18} variant="subtle" color="gray" aria-label={t(copied ? 'common.copied' : 'common.copyNamed', { name })} title={t('common.copyNamed', { name })}
        onClick={copy}
      >
        <Sign size={12} aria-hidden />
      </ActionIcon>
    </span>
  )
}
