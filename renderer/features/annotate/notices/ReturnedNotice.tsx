import { useTranslation } from 'react-i18next'
import type { TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { useFormat } from '../../common/useFormat.ts'
import { NoticeBar } from './NoticeBar.tsx'

/** A reviewer sent the task back: who, when, and what is to be mended. */
export function ReturnedNotice({ notice: { reviewer, reasons, comment, at } }: { notice: Extract<TaskNotice, { kind: 'returned' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const why = [reasons.map((reason) => t(`review.reason.${reason}`)).join(', '), comment].filter((part) => part !== '').join('. ')
  return <NoticeBar tone="warn" detail={format.dateTime(at)}>{t('annotate.notice.returned', { reviewer, why })}</NoticeBar>
}
