import { Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AnnotationCanvas } from '../../canvas/AnnotationCanvas.tsx'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import type { Mode } from './compared.ts'
import type { CompareEditors } from './compareEditors.ts'
import { WipeDivider } from './WipeDivider.tsx'
import classes from './Compare.module.css'

interface CompareStageProps { mode: Mode; editors: CompareEditors; image: ImageSource | undefined; name: string; from: string; to: string }

/** The image with both contents. */
export function CompareStage({ image, ...props }: CompareStageProps) {
  const { t } = useTranslation()
  if (image === undefined) return <div className={classes.canvases}><Text p="md" role="status">{t('compare.noImage')}</Text></div>
  return <Canvases image={image} {...props} />
}

function Canvases({ mode, editors, image, name, from, to }: CompareStageProps & { image: ImageSource }) {
  const { t } = useTranslation()
  const [divider, setDivider] = useState(50)
  const label = (title: string) => t('compare.canvasOf', { name, title })
  switch (mode) {
    case 'overlay': return <div className={classes.canvases}><Pane><AnnotationCanvas editor={editors.both} image={image} label={t('compare.canvas', { name })} /></Pane></div>
    case 'sideBySide': return (
      <div className={classes.canvases}>
        <Pane caption={from}><AnnotationCanvas editor={editors.from} image={image} label={label(from)} /></Pane>
        <Pane caption={to}><AnnotationCanvas editor={editors.to} image={image} label={label(to)} /></Pane>
      </div>
    )
    case 'wipe': return (
      <div className={classes.canvases}>
        <Pane><AnnotationCanvas editor={editors.to} image={image} label={label(to)} /></Pane>
        {/* What is clipped away neither shows nor takes the pointer: there the canvas below has both. */}
        <div className={classes.above} style={{ clipPath: `inset(0 ${100 - divider}% 0 0)` }}><AnnotationCanvas editor={editors.from} image={image} label={label(from)} /></div>
        <WipeDivider value={divider} onChange={setDivider} from={from} to={to} />
      </div>
    )
    default: return assertNever(mode)
  }
}

function Pane({ caption, children }: { caption?: string; children: ReactNode }) {
  return (
    <div className={classes.pane}>
      {children}
      {caption !== undefined && <span className={classes.caption} aria-hidden>{caption}</span>}
    </div>
  )
}
