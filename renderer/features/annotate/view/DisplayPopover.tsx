import { Button, Popover, SegmentedControl, Switch } from '@mantine/core'
import { IconPalette } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NO_CONFIDENCE_COLOR, SOURCE_COLORS, confidenceColor, type ShapeSource } from '../../../canvas/shapes/shapeStyle.ts'
import { setDisplay } from '../../../editor/actions/displayActions.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { COLOR_BY, DEFAULT_DISPLAY, LABELS_SHOWN, type Display } from '../../../../shared/domain/display.ts'
import { useFormat } from '../../common/useFormat.ts'
import { IconButton } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import { useKeptSetting } from '../useKeptSetting.ts'
import { Line, SliderLine } from './Line.tsx'
import classes from './View.module.css'

const LOUPE_FACTORS = [2, 4, 8]
const AIDS = ['crosshair', 'pixelGrid', 'minimap'] as const

/** How shapes are shown: a button in the header that opens the choices. */
export function DisplayPopover({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  useKeptSetting(editor, 'display', (state) => state.display)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <span><IconButton icon={IconPalette} label={t('annotate.display.title')} pressed={opened} onClick={() => setOpened(!opened)} /></span>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('annotate.display.title')}>
        <DisplayForm editor={editor} />
      </Popover.Dropdown>
    </Popover>
  )
}

function DisplayForm({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const display = useEditorState(editor, (state) => state.display)
  const set = (change: Partial<Display>) => setDisplay(editor, change)
  const colorBy = t('annotate.display.colorBy')
  const labels = t('annotate.display.labels')
  return (
    <div className={classes.form}>
      <div>
        <SegmentedControl
          fullWidth aria-label={colorBy} value={display.colorBy} onChange={(chosen) => set({ colorBy: chosen })}
          data={COLOR_BY.map((value) => ({ value, label: t(`annotate.display.by.${value}`) }))}
        />
      </div>
      <Legend display={display} />
      <SliderLine
        label={t('annotate.display.fill')} min={0} max={1} step={0.02} value={display.fillOpacity} text={format.percent(display.fillOpacity)}
        onChange={(fillOpacity) => set({ fillOpacity })}
      />
      <SliderLine
        label={t('annotate.display.outline')} min={0.5} max={6} step={0.5} value={display.outlineWidth} text={`${format.number(display.outlineWidth)} px`}
        onChange={(outlineWidth) => set({ outlineWidth })}
      />
      <Line label={labels}>
        <SegmentedControl
          fullWidth aria-label={labels} value={display.labels} onChange={(chosen) => set({ labels: chosen })}
          data={LABELS_SHOWN.map((value) => ({ value, label: t(`annotate.display.labelsShown.${value}`) }))}
        />
      </Line>
      <Aids display={display} set={set} />
      <div className={classes.foot}>
        <Button size="compact-xs" variant="default" disabled={display === DEFAULT_DISPLAY} onClick={() => set(DEFAULT_DISPLAY)}>{t('annotate.display.reset')}</Button>
      </div>
    </div>
  )
}

/** What is drawn over the image to help the eye. */
function Aids({ display, set }: { display: Display; set: (change: Partial<Display>) => void }) {
  const { t } = useTranslation()
  const loupe = t('annotate.display.loupe')
  return (
    <>
      <Line label={loupe}>
        <SegmentedControl
          fullWidth aria-label={loupe} value={String(display.loupeFactor)} onChange={(factor) => set({ loupeFactor: Number(factor) })}
          data={LOUPE_FACTORS.map((factor) => ({ value: String(factor), label: `${factor}×` }))}
        />
      </Line>
      <div className={classes.switches}>
        {AIDS.map((aid) => (
          <Switch key={aid} label={t(`annotate.display.aid.${aid}`)} checked={display[aid]} onChange={({ currentTarget }) => set({ [aid]: currentTarget.checked })} />
        ))}
      </div>
    </>
  )
}

/** What the colours mean, where the classes do not say it. */
function Legend({ display: { colorBy } }: { display: Display }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (colorBy === 'source') {
    return <Colors items={Object.entries(SOURCE_COLORS).map(([source, color]) => [t(`annotate.display.source.${source as ShapeSource}`), color])} />
  }
  if (colorBy === 'confidence') {
    const shares = [0, 0.5, 1].map((share): [string, string] => [format.percent(share), confidenceColor(share)])
    return <Colors items={[...shares, [t('annotate.display.noConfidence'), NO_CONFIDENCE_COLOR]]} />
  }
  return null
}

function Colors({ items }: { items: [string, string][] }) {
  return (
    <ul className={classes.legend}>
      {items.map(([name, color]) => <li key={name}><span className={classes.swatch} style={{ background: color }} />{name}</li>)}
    </ul>
  )
}
