import { ActionIcon, SegmentedControl, Slider, Tooltip } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerSkipBackFilled, IconPlayerSkipForwardFilled, IconPlayerTrackNextFilled, IconPlayerTrackPrevFilled, type Icon } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineFacts } from '../../../shared/rpc/timeline.ts'
import { useFormat } from '../common/useFormat.ts'
import { SPEEDS, type Replay, type ReplayState, type Speed } from './replay.ts'
import classes from './TimeTravel.module.css'

/** The share of the journal that PageUp and PageDown go, and at least so many edits. */
const PAGES = 20
const LEAST_PAGE = 10

/** The slider along the journal, and the buttons that play it. */
export function Transport({ replay, state: { position, playing, speed }, facts: { total, marks } }: { replay: Replay; state: ReplayState; facts: TimelineFacts }) {
  const { t } = useTranslation()
  const format = useFormat()
  const places = [...new Set(marks.map((mark) => mark.position))].sort((a, b) => a - b)
  const before = places.findLast((place) => place < position) ?? 0
  const after = places.find((place) => place > position) ?? total
  const page = Math.max(LEAST_PAGE, Math.round(total / PAGES))
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { PageUp: page, PageDown: -page }[event.key]
    if (by === undefined) return
    event.preventDefault()
    replay.step(by)
  }
  const toggle = () => { if (playing) replay.pause(); else replay.play() }
  return (
    <div className={classes.transport} role="group" aria-label={t('timeTravel.controls')} onKeyDown={onKeyDown}>
      <Control icon={IconPlayerTrackPrevFilled} label={t('timeTravel.previousMark')} disabled={position === 0} onClick={() => replay.step(before - position)} />
      <Control icon={IconPlayerSkipBackFilled} label={t('timeTravel.back')} disabled={position === 0} onClick={() => replay.step(-1)} />
      <Control icon={playing ? IconPlayerPauseFilled : IconPlayerPlayFilled} label={t(playing ? 'timeTravel.pause' : 'timeTravel.play')} disabled={false} onClick={toggle} />
      <Control icon={IconPlayerSkipForwardFilled} label={t('timeTravel.forward')} disabled={position === total} onClick={() => replay.step(1)} />
      <Control icon={IconPlayerTrackNextFilled} label={t('timeTravel.nextMark')} disabled={position === total} onClick={() => replay.step(after - position)} />
      <Slider
        className={classes.slider} min={0} max={total} value={position} label={(value) => format.number(value)} marks={places.map((value) => ({ value }))} size="sm" classNames={{ mark: classes.sliderMark ?? '' }}
        thumbLabel={t('timeTravel.slider')}
        onChange={(value) => { replay.pause(); replay.seek(value) }}
      />
      <span className={classes.count}>{t('timeTravel.position', { position: format.number(position), total: format.number(total) })}</span>
      <SegmentedControl
        size="xs" aria-label={t('timeTravel.speed')} value={String(speed)} onChange={(value) => replay.setSpeed(Number(value) as Speed)}
        data={SPEEDS.map((value) => ({ value: String(value), label: `${value}/s` }))}
      />
    </div>
  )
}

function Control({ icon: ControlIcon, label, disabled, onClick }: { icon: Icon; label: string; disabled: boolean; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}><ControlIcon size={15} aria-hidden /></ActionIcon>
    </Tooltip>
  )
}
