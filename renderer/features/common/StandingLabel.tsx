import { useTranslation } from 'react-i18next'
import type { TaskStanding } from '../../../shared/domain/task.ts'
import classes from './StandingLabel.module.css'

const STANDING_COLORS: Record<TaskStanding, string> = {
  new: 'var(--mantine-color-gray-5)', inProgress: 'var(--mantine-color-accent-5)', queued: 'var(--fm-warn)', submitted: 'var(--fm-good)', refused: 'var(--fm-bad)',
  returned: 'var(--mantine-color-orange-6)', accepted: 'var(--fm-good)', released: 'var(--fm-line)', cancelled: 'var(--fm-line)', observed: 'var(--mantine-color-violet-5)',
}

/** Where a task stands, as a colour and a word. */
export function StandingLabel({ standing }: { standing: TaskStanding }) {
  const { t } = useTranslation()
  return (
    <span className={classes.standing}>
      <span className={classes.dot} style={{ background: STANDING_COLORS[standing] }} />
      {t(`standing.${standing}`)}
    </span>
  )
}
