import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { AnnotationCanvas } from '../../canvas/AnnotationCanvas.tsx'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import type { TimelineFacts, TimelineRef } from '../../../shared/rpc/timeline.ts'
import { lookOnlyEditor } from '../common/lookOnlyEditor.ts'
import { Moment } from './Moment.tsx'
import { Replay } from './replay.ts'
import { StepList } from './StepList.tsx'
import { Transport } from './Transport.tsx'
import classes from './TimeTravel.module.css'

interface ReplayViewProps { reference: TimelineRef; facts: TimelineFacts; name: string; schema: LabelSchema; image: ImageSource; onRestored: () => void }

/** The image as it was labelled at one moment, the slider along all of them, and the list of what was done. */
export function ReplayView({ reference, facts, name, schema, image, onRestored }: ReplayViewProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [{ editor, replay }] = useState(() => {
    const made = lookOnlyEditor([], schema, image)
    return { editor: made, replay: new Replay(engine, reference, made, facts.total) }
  })
  const state = useStore(replay.state)
  useEffect(() => {
    // What the person knows is how it looks now.
    replay.seek(facts.total)
    return () => replay.pause()
  }, [replay, facts.total])
  return (
    <div className={classes.replay}>
      <div className={classes.stage}>
        <div className={classes.canvas}><AnnotationCanvas editor={editor} image={image} label={`${t('timeTravel.canvas')} ${name}`} /></div>
        <Transport replay={replay} state={state} facts={facts} />
      </div>
      <aside className={classes.side}>
        <Moment reference={reference} facts={facts} name={name} state={state} onRestored={onRestored} />
        <StepList reference={reference} facts={facts} position={state.position} onSeek={(position) => { replay.pause(); replay.seek(position) }} />
      </aside>
    </div>
  )
}
