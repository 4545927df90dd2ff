import { IconCircle, IconMinus, IconPlus, IconShieldHalf, IconSquare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../editor/store/editor.ts'
import { CommandButton } from './CommandButton.tsx'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

/** How the brush in hand paints, over the image while it is in hand. */
export function BrushOptions({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const tool = useEditorState(editor, (state) => state.tool)
  const { diameter, tip, protectOthers } = useEditorState(editor, (state) => state.brush)
  if (tool !== 'brush' && tool !== 'eraser') return null
  return (
    <div className={classes.brush} role="toolbar" aria-label={t('annotate.brush')}>
      <CommandButton editor={editor} id="masks.smallerBrush" icon={IconMinus} />
      <output className={classes.diameter} aria-label={t('annotate.brushSize')}>{t('annotate.brushPixels', { pixels: diameter })}</output>
      <CommandButton editor={editor} id="masks.largerBrush" icon={IconPlus} />
      <CommandButton editor={editor} id="masks.brushTip" icon={tip === 'round' ? IconCircle : IconSquare} />
      {tool === 'brush' && <CommandButton editor={editor} id="masks.protectOthers" icon={IconShieldHalf} pressed={protectOthers} />}
    </div>
  )
}
