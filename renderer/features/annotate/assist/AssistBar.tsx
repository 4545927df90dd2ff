import { Button, Loader, Slider, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { acceptProposal, discardProposal, setWandTolerance } from '../../../editor/actions/assistActions.ts'
import { isAssistTool } from '../../../editor/store/assistance.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import type { AssistFailure, AssistTool } from '../../../../shared/domain/assist.ts'
import { keepKeyboard } from '../IconButton.tsx'
import { useEditorState } from '../useEditorState.ts'
import classes from './AssistBar.module.css'

/** What the assisted tool in hand is doing and how it is used, over the image. */
export function AssistBar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const tool = useEditorState(editor, (state) => state.tool)
  const readiness = useEditorState(editor, (state) => state.assistReadiness)
  if (!isAssistTool(tool) || editor.readOnly) return null
  return (
    <div className={classes.bar} role="group" aria-label={t('annotate.assist.title')} onMouseDown={keepKeyboard}>
      {readiness.kind === 'preparing' && (
        <span className={classes.state} role="status"><Loader size={14} aria-hidden />{t('annotate.assist.preparing')}</span>
      )}
      {readiness.kind === 'failed' && <Failure reason={readiness.reason} onRetry={() => editor.setTool(tool)} />}
      {readiness.kind === 'ready' && <InUse editor={editor} tool={tool} />}
    </div>
  )
}

function Failure({ reason, onRetry }: { reason: AssistFailure; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <span className={classes.state} role="alert">
        <IconAlertTriangle size={15} className={classes.warning} aria-hidden />
        <Text span inherit>{t(`annotate.assist.failure.${reason}`)}</Text>
      </span>
      <Button className={classes.retry} size="compact-xs" variant="default" onClick={onRetry}>{t('common.tryAgain')}</Button>
    </>
  )
}

function InUse({ editor, tool }: { editor: Editor; tool: AssistTool }) {
  const { t } = useTranslation()
  const busy = useEditorState(editor, (state) => state.assistBusy)
  const inGesture = useEditorState(editor, (state) => state.toolState !== 'idle')
  const proposes = useEditorState(editor, ({ preview }) => (preview?.kind === 'proposal' && preview.parts.length > 0) || (preview?.kind === 'liveWire' && preview.anchors.length > 1))
  return (
    <>
      {tool === 'magicWand' && <Tolerance editor={editor} />}
      <span className={classes.hint}>{t(`annotate.assist.hint.${tool}.${inGesture ? 'underWay' : 'idle'}`)}</span>
      <span className={classes.busy} role="status">{busy && <Loader size={14} aria-label={t('annotate.assist.working')} />}</span>
      {inGesture && (
        <>
          <Button size="compact-xs" leftSection={<IconCheck size={13} aria-hidden />} disabled={!proposes} onClick={() => acceptProposal(editor)}>{t('annotate.assist.accept')}</Button>
          <Button size="compact-xs" variant="default" leftSection={<IconX size={13} aria-hidden />} onClick={() => discardProposal(editor)}>{t('annotate.assist.discard')}</Button>
        </>
      )}
    </>
  )
}

function Tolerance({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const tolerance = useEditorState(editor, (state) => state.wandTolerance)
  const label = t('annotate.assist.tolerance')
  return (
    <span className={classes.tolerance}>
      <Text span inherit>{label}</Text>
      <Slider className={classes.slider} size="xs" min={0} max={128} label={null} value={tolerance} thumbLabel={label} onChange={(value) => setWandTolerance(editor, value)} />
      <span className={classes.value}>{tolerance}</span>
    </span>
  )
}
