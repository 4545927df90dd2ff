import { Button, CloseButton, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AuditFault, AuditFindings } from '../../../shared/rpc/history.ts'
import { useFormat } from '../common/useFormat.ts'
import classes from './Audit.module.css'

interface FindingsProps {
  /** What was verified. */
  subject: string
  findings: AuditFindings
  /** Shows the event at a fault; left out where the events are not this workspace's. */
  onJump?: ((fault: AuditFault) => void) | undefined
  onClose: () => void
}

/** What a verification checked, and exactly where the log breaks. */
export function Findings({ subject, findings: { entries, epochs, receipts, acknowledged, faults, faultCount }, onJump, onClose }: FindingsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const ok = faultCount === 0
  const Sign = ok ? IconCircleCheck : IconCircleX
  return (
    <section className={classes.findings} role={ok ? 'status' : 'alert'} aria-label={t('audit.findings.title')}>
      <Sign size={20} color={ok ? 'var(--fm-good)' : 'var(--fm-bad)'} className={classes.mark} aria-hidden />
      <div className={classes.gap}>
        <Text fw={600}>{t(ok ? 'audit.findings.sound' : 'audit.findings.broken', { subject, count: faultCount })}</Text>
        <Text size="sm" c="dimmed">{t('audit.findings.checked', { entries: format.number(entries), epochs: format.number(epochs), receipts: format.number(receipts), acknowledged: format.number(acknowledged) })}</Text>
        {!ok && (
          <ol className={classes.faults} aria-label={t('audit.findings.faults')}>
            {faults.map((fault, place) => (
              <li key={`${place} ${fault.device} ${fault.epoch}/${fault.seq} ${fault.kind}`}>
                <Text size="sm">
                  {t('audit.findings.at', { device: fault.device.slice(-6), epoch: fault.epoch, seq: fault.seq })} {t(`history.fault.${fault.kind}`)} <Text span size="xs" c="dimmed" data-selectable>{fault.detail}</Text>
                </Text>
                {onJump && <Button size="compact-xs" variant="default" onClick={() => onJump(fault)}>{t('audit.findings.jump')}</Button>}
              </li>
            ))}
            {faultCount > faults.length && <li>{t('audit.findings.more', { count: faultCount - faults.length })}</li>}
          </ol>
        )}
      </div>
      <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
    </section>
  )
}
