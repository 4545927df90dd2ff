import { ActionIcon, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MODES, type Mode } from './compared.ts'
import classes from './Compare.module.css'

interface CompareBarProps { mode: Mode; onMode: (mode: Mode) => void; count: number; at: number; onStep: (by: 1 | -1) => void }

/** How the two are shown, and the way from difference to difference. `at` is the place of the present one in the list; below 0 for none. */
export function CompareBar({ mode, onMode, count, at, onStep }: CompareBarProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.bar}>
      <SegmentedControl size="xs" aria-label={t('compare.mode.label')} value={mode} onChange={onMode} data={MODES.map((value) => ({ value, label: t(`compare.mode.${value}`) }))} />
      <div className={classes.gap} />
      <Text size="sm" c="dimmed" role="status">{at < 0 ? t('compare.count', { count }) : t('compare.position', { at: at + 1, count })}</Text>
      <Step label={t('compare.previous')} hint="Shift+N" icon={IconChevronLeft} disabled={count === 0} onClick={() => onStep(-1)} />
      <Step label={t('compare.next')} hint="N" icon={IconChevronRight} disabled={count === 0} onClick={() => onStep(1)} />
    </div>
  )
}

function Step({ label, hint, icon: StepIcon, ...rest }: { label: string; hint: string; icon: typeof IconChevronLeft; disabled: boolean; onClick: () => void }) {
  return (
    <Tooltip label={`${label} (${hint})`}>
      <ActionIcon variant="default" aria-label={label} aria-keyshortcuts={hint} {...rest}><StepIcon size={16} aria-hidden /></ActionIcon>
    </Tooltip>
  )
}
