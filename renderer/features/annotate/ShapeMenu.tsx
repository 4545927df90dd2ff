import { Menu } from '@mantine/core'
import { useEffect, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { screenToImage } from '../../../shared/geometry/camera.ts'
import { CONVERTED_KINDS } from '../../../shared/geometry/convert.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { selectShapes } from '../../editor/actions/shapeActions.ts'
import { findCommand } from '../../editor/commands/commands.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { withGroups } from '../../editor/store/queries.ts'
import { shapesAt, targetAt } from '../../editor/store/targets.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { commandLabel, keyNames } from './commandText.ts'
import classes from './AnnotateView.module.css'

const GROUPS: readonly (readonly string[])[] = [
  ['edit.cut', 'edit.copy', 'edit.paste', 'edit.duplicate', 'edit.delete'],
  ['edit.bringToFront', 'edit.bringForward', 'edit.sendBackward', 'edit.sendToBack'],
  ['arrange.group', 'arrange.ungroup', 'objects.isolate', 'objects.hide', 'objects.lock', 'edit.selectSameClass'],
  CONVERTED_KINDS.map((kind) => `convert.${kind}`),
]

/** The number of the other button in mouse events. */
const SECONDARY = 2

/** The menu that a right click on a shape opens where it was made. The shape is selected first, unless it is already. */
export function ShapeMenu({ editor, host }: { editor: Editor; host: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation()
  const [place, setPlace] = useState<Point>()
  useEffect(() => {
    const element = host.current
    if (element === null) return undefined
    // The other button takes a vertex away, and what lies under it then is not what was meant.
    let onVertex = false
    const look = (event: PointerEvent) => { onVertex = event.button === SECONDARY && isVertex(editor, placeOn(element, event)) }
    const open = (event: MouseEvent) => {
      const at = placeOn(element, event)
      if (!onVertex && takeHold(editor, at)) setPlace(at)
    }
    const stop = new AbortController()
    element.addEventListener('pointerdown', look, { capture: true, signal: stop.signal })
    element.addEventListener('contextmenu', open, { signal: stop.signal })
    return () => stop.abort()
  }, [editor, host])
  return (
    <Menu opened={place !== undefined} onChange={(opened) => { if (!opened) setPlace(undefined) }} position="bottom-start" offset={2} width={280} shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target><span className={classes.menuPlace} style={{ left: place?.[0], top: place?.[1] }} /></Menu.Target>
      <Menu.Dropdown aria-label={t('annotate.shapeMenu')}>{place && <Items editor={editor} />}</Menu.Dropdown>
    </Menu>
  )
}

function Items({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const keymap = useKeymap()
  const groups = GROUPS.map((ids) => ids.flatMap((id) => findCommand(editor, id, keymap) ?? []).filter((command) => command.enabled(editor))).filter((commands) => commands.length > 0)
  return groups.map((commands, index) => (
    <div key={commands[0]?.id}>
      {index > 0 && <Menu.Divider />}
      {commands.map((command) => {
        const [hotkey] = command.hotkeys
        return (
          <Menu.Item key={command.id} onClick={() => editor.execute(command.id)} rightSection={hotkey && <span className={classes.menuKey}>{keyNames(t, hotkey).join('+')}</span>}>
            {commandLabel(t, command)}
          </Menu.Item>
        )
      })}
    </div>
  ))
}

function placeOn(element: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = element.getBoundingClientRect()
  return [clientX - left, clientY - top]
}

function isVertex(editor: Editor, screen: Point): boolean {
  const { camera, tool } = editor.state.getState()
  return tool === 'select' && targetAt(editor, screenToImage(camera, screen), false).kind === 'vertex'
}

/** Whether there is a shape at a place on the view (CSS pixels); it is selected if it was not. */
function takeHold(editor: Editor, screen: Point): boolean {
  const state = editor.state.getState()
  if (state.toolState !== 'idle') return false
  const stack = shapesAt(editor, screenToImage(state.camera, screen))
  const [id] = stack
  if (id === undefined) return false
  if (!stack.some((each) => state.selection.has(each))) selectShapes(editor, withGroups(state, [id]))
  return true
}
