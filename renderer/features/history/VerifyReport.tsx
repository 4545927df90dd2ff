import { CloseButton, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { VerifyReport as Report } from '../../../shared/rpc/history.ts'
import { describeError, errorDetail } from '../common/describeError.ts'
import { JobLine } from '../common/JobLine.tsx'
import { useFormat } from '../common/useFormat.ts'
import type { Job } from '../common/useJob.ts'
import view from '../common/View.module.css'
import classes from './HistoryView.module.css'

/** A verification: how far it is and the way to stop it, then one line that passes or fails for each thing that was checked. */
export function VerifyReport({ job }: { job: Job<'verify.run'> }) {
  const { t } = useTranslation()
  const { state } = job
  if (state.kind !== 'done' && state.kind !== 'failed') {
    return <JobLine name={t('history.verifying')} job={{ ...job, state }} describe={() => ''} cancelled={t('history.verifyCancelled')} />
  }
  const ok = state.kind === 'done' && state.result.ok
  return (
    <div className={classes.report} role={ok ? 'status' : 'alert'}>
      <Mark ok={ok} size={20} />
      <div className={view.gap}>
        <Text fw={600}>{t(ok ? 'history.verified' : 'history.verifyFailed')}</Text>
        {state.kind === 'failed'
          ? <Text c="dimmed">{describeError(t, state.error)} <span data-selectable>{errorDetail(state.error)}</span></Text>
          : <Details report={state.result} />}
      </div>
      <CloseButton size="sm" aria-label={t('common.close')} onClick={job.clear} />
    </div>
  )
}

function Details({ report }: { report: Report }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { audit, database, revisions, objects } = report
  const integrity = database.integrity.filter((line) => line !== 'ok')
  const damaged = (part: { checked: number; damaged: string[] }) => [
    t('history.report.checked', { checked: format.number(part.checked) }),
    ...(part.damaged.length > 0 ? [t('history.report.damaged', { count: part.damaged.length })] : []),
  ].join(', ')
  return (
    <ul className={classes.checks}>
      <Check ok={audit.faults.length === 0} name={t('history.report.audit')}>
        {t('history.report.auditText', { entries: format.number(audit.entries), acknowledged: format.number(audit.acknowledged) })}
        {audit.faults.map((fault) => (
          <div key={`${fault.epoch}/${fault.seq}/${fault.kind}`}>
            {t(`history.fault.${fault.kind}`)} ({t('history.faultAt', { epoch: fault.epoch, seq: fault.seq })}) <span data-selectable>{fault.detail}</span>
          </div>
        ))}
      </Check>
      <Check ok={integrity.length === 0 && database.foreignKeys === 0} name={t('history.report.database')}>
        {integrity.length === 0 && database.foreignKeys === 0 && t('history.report.databaseText')}
        {integrity.map((line) => <div key={line} data-selectable>{line}</div>)}
        {database.foreignKeys > 0 && t('history.report.foreignKeys', { count: database.foreignKeys })}
      </Check>
      <Check ok={revisions.damaged.length === 0} name={t('history.report.revisions')}>
        {damaged(revisions)}
        {revisions.damaged.map((id) => <div key={id} data-selectable>{id}</div>)}
      </Check>
      <Check ok={objects.damaged.length === 0} name={t('history.report.objects')}>
        {damaged(objects)}
        {objects.damaged.map((id) => <div key={id} data-selectable>{id}</div>)}
      </Check>
    </ul>
  )
}

function Check({ ok, name, children }: { ok: boolean; name: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <li aria-label={`${name}: ${t(ok ? 'history.report.pass' : 'history.report.fail')}`}>
      <Mark ok={ok} size={15} />
      <span className={classes.checkName}>{name}</span>
      <div className={classes.checkText}>{children}</div>
    </li>
  )
}

function Mark({ ok, size }: { ok: boolean; size: number }) {
  const Sign = ok ? IconCircleCheck : IconCircleX
  return <Sign size={size} color={ok ? 'var(--fm-good)' : 'var(--fm-bad)'} className={classes.mark} aria-hidden />
}
