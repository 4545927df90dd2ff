import { Button, Popover, SegmentedControl, Select, Switch } from '@mantine/core'
import { IconContrast } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImagePixels } from '../../../canvas/image/imageLayer.ts'
import { usedLevels } from '../../../canvas/image/levels.ts'
import { resetAdjustments, setAdjustments, stretchContrast, toggleAdjusted } from '../../../editor/actions/adjustmentActions.ts'
import { CHANNELS, FALSE_COLORS, adjustmentsShown, isUnadjusted, type Adjustments } from '../../../editor/store/adjustments.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { useFormat } from '../../common/useFormat.ts'
import { IconButton } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import { Line, SliderLine } from './Line.tsx'
import { TurnControls } from './TurnControls.tsx'
import classes from './View.module.css'

interface ImagePopoverProps { editor: Editor; pixels: ImagePixels | undefined }

/** How the image is seen: a button in the header that opens the turn of the view and the colours of the image. */
export function ImagePopover({ editor, pixels }: ImagePopoverProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const adjusted = useEditorState(editor, (state) => adjustmentsShown(state) !== undefined)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <span><IconButton icon={IconContrast} label={t('annotate.view.title')} pressed={opened || adjusted} onClick={() => setOpened(!opened)} /></span>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('annotate.view.title')}>
        <div className={classes.form}>
          <TurnControls editor={editor} />
          <AdjustmentControls editor={editor} pixels={pixels} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function AdjustmentControls({ editor, pixels }: ImagePopoverProps) {
  const { t } = useTranslation()
  const adjustments = useEditorState(editor, (state) => state.adjustments)
  const set = (change: Partial<Adjustments>) => setAdjustments(editor, change)
  const channel = t('annotate.view.channel')
  const falseColor = t('annotate.view.falseColor')
  const stretch = () => {
    const levels = pixels && usedLevels(pixels, editor.imageSize, adjustments.channel)
    if (levels) stretchContrast(editor, levels)
  }
  return (
    <>
      <ToneSliders adjustments={adjustments} set={set} />
      <Line label={channel}>
        <SegmentedControl
          fullWidth aria-label={channel} value={adjustments.channel} onChange={(chosen) => set({ channel: chosen })}
          data={CHANNELS.map((value) => ({ value, label: t(`annotate.view.channels.${value}`) }))}
        />
      </Line>
      <Line label={falseColor}>
        <Select
          aria-label={falseColor} value={adjustments.falseColor} onChange={(chosen) => set({ falseColor: chosen ?? 'none' })} comboboxProps={{ withinPortal: false }}
          data={FALSE_COLORS.map((value) => ({ value, label: t(`annotate.view.falseColors.${value}`) }))}
        />
      </Line>
      <div className={classes.foot}>
        <Switch label={t('annotate.view.invert')} checked={adjustments.invert} onChange={({ currentTarget }) => set({ invert: currentTarget.checked })} />
        <Button size="compact-xs" variant="default" disabled={pixels === undefined} onClick={stretch}>{t('annotate.view.autoContrast')}</Button>
      </div>
      <AdjustedFoot editor={editor} adjustments={adjustments} />
    </>
  )
}

function ToneSliders({ adjustments: { brightness, contrast, gamma }, set }: { adjustments: Adjustments; set: (change: Partial<Adjustments>) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = { min: -1, max: 1, step: 0.01, rest: 0 }
  return (
    <>
      <SliderLine label={t('annotate.view.brightness')} {...share} value={brightness} text={format.percent(brightness)} onChange={(value) => set({ brightness: value })} />
      <SliderLine label={t('annotate.view.contrast')} {...share} value={contrast} text={format.percent(contrast)} onChange={(value) => set({ contrast: value })} />
      {/* Twice and half of a gamma are equally far from none. */}
      <SliderLine
        label={t('annotate.view.gamma')} min={-2.3} max={2.3} step={0.05} rest={0} value={Math.log2(gamma)} text={format.number(Math.round(gamma * 100) / 100)}
        onChange={(power) => set({ gamma: 2 ** power })}
      />
    </>
  )
}

function AdjustedFoot({ editor, adjustments }: { editor: Editor; adjustments: Adjustments }) {
  const { t } = useTranslation()
  const adjusted = useEditorState(editor, (state) => state.adjusted)
  const unadjusted = isUnadjusted(adjustments)
  return (
    <div className={classes.foot}>
      <Switch label={t('annotate.view.original')} checked={!adjusted && !unadjusted} disabled={unadjusted} onChange={() => toggleAdjusted(editor)} />
      <Button size="compact-xs" variant="default" disabled={unadjusted} onClick={() => resetAdjustments(editor)}>{t('annotate.view.resetColours')}</Button>
    </div>
  )
}
