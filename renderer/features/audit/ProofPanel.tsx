import { ActionIcon, Button, CloseButton, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconChevronDown, IconChevronUp, IconCircleCheck, IconCircleX, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { AuditPlace, AuditProof } from '../../../shared/rpc/auditSearch.ts'
import { CopyableId } from '../common/CopyableId.tsx'
import { FailedMessage } from '../common/StateMessage.tsx'
import { useCopied } from '../common/useCopied.ts'
import { useFormat } from '../common/useFormat.ts'
import { kindText } from './eventText.ts'
import classes from './Audit.module.css'

interface ProofPanelProps { place: AuditPlace; onChoose: (place: AuditPlace) => void; onClose: () => void }

/** One event with all that speaks for it: checked at this moment, and to be copied for somebody else to check. */
export function ProofPanel({ place, onChoose, onClose }: ProofPanelProps) {
  const { t } = useTranslation()
  const { device, epoch, seq } = place
  const { data, error, current, reload } = useEngineData('audit.proof', { device, epoch, seq })
  const isMissing = error instanceof RpcError && error.code === 'notFound'
  const go = (to: number | undefined) => { if (to !== undefined) onChoose({ device, epoch, seq: to }) }
  return (
    <aside className={classes.proof} aria-label={t('audit.proof.title')}>
      <Group gap={4} className={classes.proofHead}>
        <Text fw={600} className={classes.gap}>{t('audit.proof.title')} {epoch}/{seq}</Text>
        <Step icon={<IconChevronUp size={15} aria-hidden />} label={t('audit.proof.previous')} to={isMissing ? Math.max(1, seq - 1) : data?.previous} go={go} />
        <Step icon={<IconChevronDown size={15} aria-hidden />} label={t('audit.proof.next')} to={isMissing ? seq + 1 : data?.next} go={go} />
        <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
      </Group>
      {isMissing && <Text p="md" role="alert">{t('audit.proof.missing')}</Text>}
      {error && !isMissing && <FailedMessage error={error} onRetry={reload} />}
      {data && current && !error && <Proof proof={data} />}
    </aside>
  )
}

function Step({ icon, label, to, go }: { icon: ReactNode; label: string; to: number | undefined; go: (to: number | undefined) => void }) {
  return <Tooltip label={label}><ActionIcon variant="subtle" color="gray" aria-label={label} disabled={to === undefined} onClick={() => go(to)}>{icon}</ActionIcon></Tooltip>
}

function Proof({ proof }: { proof: AuditProof }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { entry, checks, receipt, publicKey, taskName } = proof
  return (
    <div className={classes.proofBody}>
      <Text fw={600}>{kindText(t, entry.type)}</Text>
      <Text size="sm" c="dimmed">{format.date(entry.wall)} {format.time(entry.wall)}{taskName !== undefined && ` · ${taskName}`}</Text>
      <ul className={classes.checks} aria-label={t('audit.proof.checks')}>
        {(['payload', 'hash', 'link', 'signature'] as const).map((name) => <Check key={name} ok={checks[name]}>{t(`audit.proof.${checks[name] ? 'holds' : 'broken'}.${name}`)}</Check>)}
        {receipt === undefined
          ? <li>{t('audit.proof.noReceipt')}</li>
          : (
            <Check ok={receipt.signed && receipt.reached}>
              {t(receipt.signed ? (receipt.reached ? 'audit.proof.receipt' : 'audit.proof.receiptApart') : 'audit.proof.receiptForged', { size: format.number(receipt.record.size), time: format.dateTime(receipt.record.serverTime) })}
            </Check>
          )}
      </ul>
      <CopyProof proof={proof} />
      <dl className={classes.fields}>
        {(['hash', 'prev', 'payloadHash', 'payload', 'signature', 'device', 'wall'] as const).map((name) => <Field key={name} name={t(`audit.proof.field.${name}`)} value={entry[name]} />)}
        <Field name={t('audit.proof.field.publicKey')} value={publicKey} />
        {receipt && <Field name={t('audit.proof.field.receipt')} value={JSON.stringify(receipt.record)} />}
        {receipt?.serverKey !== undefined && <Field name={t('audit.proof.field.serverKey')} value={receipt.serverKey} />}
      </dl>
    </div>
  )
}

function Check({ ok, children }: { ok: boolean; children: ReactNode }) {
  const Sign = ok ? IconCircleCheck : IconCircleX
  return <li data-ok={ok}><Sign size={15} color={ok ? 'var(--fm-good)' : 'var(--fm-bad)'} aria-hidden /><span>{children}</span></li>
}

function CopyProof({ proof }: { proof: AuditProof }) {
  const { t } = useTranslation()
  const { copied, copy } = useCopied(JSON.stringify(proof, undefined, 2))
  const Sign = copied ? IconCheck : IconCopy
  return <Button size="xs" variant="default" leftSection={<Sign size={14} aria-hidden />} onClick={copy}>{t(copied ? 'common.copied' : 'audit.proof.copyAll')}</Button>
}

function Field({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd><CopyableId name={name} value={value} /></dd>
    </>
  )
}
