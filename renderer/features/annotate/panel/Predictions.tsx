import { Button, Group, Slider, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  acceptAllPredictions, acceptPrediction, rejectAllPredictions, rejectPrediction, restorePrediction, selectPrediction, setThreshold,
} from '../../../editor/actions/predictionActions.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { rejectedPredictions, type ProposedShape } from '../../../../shared/domain/draftOperationsPredictions.ts'
import { useFormat } from '../../common/useFormat.ts'
import { IconButton } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import { PanelSection } from './PanelSection.tsx'
import { VirtualList } from './VirtualList.tsx'
import classes from './Panel.module.css'

/** What models propose above a confidence, to accept or reject one by one or all at once. */
export function Predictions({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const pending = useEditorState(editor, (state) => state.pending)
  const selected = useEditorState(editor, (state) => state.selectedPrediction)
  if (editor.predictions.length === 0) {
    return <PanelSection title={t('annotate.predictions')}><Text className={classes.hint}>{t('annotate.predictionsNone')}</Text></PanelSection>
  }
  const nameOf = ({ shape }: ProposedShape) => editor.classes.get(shape.classId)?.name ?? shape.classId
  const decidable = !editor.readOnly && pending.length > 0
  return (
    <PanelSection grows title={`${t('annotate.predictions')} (${format.number(pending.length)})`}>
      <Threshold editor={editor} />
      <Group className={classes.buttons} gap={6} wrap="nowrap">
        <Button size="compact-xs" variant="default" disabled={!decidable} onClick={() => acceptAllPredictions(editor)}>{t('annotate.acceptAll')}</Button>
        <Button size="compact-xs" variant="default" disabled={!decidable} onClick={() => rejectAllPredictions(editor)}>{t('annotate.rejectAll')}</Button>
        <Rejected editor={editor} />
      </Group>
      {pending.length === 0 && <Text className={classes.hint}>{t('annotate.predictionsDecided')}</Text>}
      <VirtualList
        label={t('annotate.predictions')} count={pending.length} itemAt={(index) => pending[index]} keyOf={({ shape }) => shape.id}
        isSelected={({ shape }) => shape.id === selected} shownIndex={pending.findIndex(({ shape }) => shape.id === selected)}
        onSelect={({ shape }) => selectPrediction(editor, shape.id)}
      >
        {(proposed) => {
          const name = `${nameOf(proposed)} ${format.percent(proposed.shape.confidence)}`
          return (
            <>
              <span className={classes.swatch} data-hollow style={{ borderColor: editor.classes.get(proposed.shape.classId)?.color }} />
              <span className={classes.name}>{nameOf(proposed)}</span>
              <span className={classes.kind}>{format.percent(proposed.shape.confidence)}</span>
              <span className={classes.itemButtons} data-on onClick={(event) => event.stopPropagation()}>
                <IconButton size={20} icon={IconCheck} label={t('annotate.accept', { name })} disabled={editor.readOnly} onClick={() => acceptPrediction(editor, proposed)} />
                <IconButton size={20} icon={IconX} label={t('annotate.reject', { name })} disabled={editor.readOnly} onClick={() => rejectPrediction(editor, proposed)} />
              </span>
            </>
          )
        }}
      </VirtualList>
    </PanelSection>
  )
}

function Threshold({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const threshold = useEditorState(editor, (state) => state.threshold)
  return (
    <div className={classes.threshold}>
      <Text className={classes.hint} p={0}>{t('annotate.threshold')}</Text>
      <Slider
        className={classes.slider} thumbLabel={t('annotate.threshold')} min={0} max={100} step={5} label={null} value={Math.round(threshold * 100)}
        onChange={(percent) => setThreshold(editor, percent / 100)}
      />
      <span className={classes.percent}>{format.percent(threshold)}</span>
    </div>
  )
}

function Rejected({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const records = useEditorState(editor, (state) => state.records)
  const rejected = rejectedPredictions(records, editor.predictions)
  if (rejected.length === 0) return null
  return (
    <>
      <Text className={classes.rejected}>{t('annotate.rejected', { count: rejected.length })}</Text>
      <Button
        size="compact-xs" variant="subtle" color="gray" disabled={editor.readOnly}
        onClick={() => restorePrediction(editor, rejected.map(({ shape }) => shape.id))}
      >
        {t('annotate.restore')}
      </Button>
    </>
  )
}
