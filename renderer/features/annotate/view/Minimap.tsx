import { useEffect, useMemo, useRef, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ADJUSTED } from '../../../canvas/adjust/adjustmentFilter.ts'
import { createFrames } from '../../../canvas/frames.ts'
import type { ImagePixels } from '../../../canvas/image/imageLayer.ts'
import { lookAt, showsWholeImage } from '../../../editor/actions/viewActions.ts'
import { adjustmentsShown } from '../../../editor/store/adjustments.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { boxCorners, type Size } from '../../../../shared/geometry/box.ts'
import { UPRIGHT, cameraToFit, imageToScreen, screenToImage, type Camera } from '../../../../shared/geometry/camera.ts'
import { useEditorState } from '../useEditorState.ts'
import classes from './View.module.css'

/** The longer side of the map, in CSS pixels. */
const SIDE = 176

interface MinimapProps { editor: Editor; pixels: ImagePixels }

/** The whole image, upright, with what the view shows of it. A click or a drag moves the view there. */
export function Minimap({ editor, pixels }: MinimapProps) {
  const hidden = useEditorState(editor, (state) => !state.display.minimap || showsWholeImage(editor, state))
  return hidden ? null : <Map editor={editor} pixels={pixels} />
}

function Map({ editor, pixels }: MinimapProps) {
  const { t } = useTranslation()
  const picture = useRef<HTMLCanvasElement>(null)
  const frame = useRef<SVGPolygonElement>(null)
  const adjusted = useEditorState(editor, (state) => adjustmentsShown(state) !== undefined)
  const { camera, size } = useMemo(() => mapOf(editor.imageSize), [editor])

  useEffect(() => {
    const frames = createFrames<'picture' | 'frame'>((due) => {
      if (due.has('picture') && picture.current) paintPicture(picture.current, pixels, camera, size)
      if (due.has('frame')) frame.current?.setAttribute('points', seenCorners(editor, camera))
    })
    const stops = [
      pixels.onLoaded(() => { frames.request('picture') }),
      editor.state.subscribe((after, before) => {
        if (after.camera !== before.camera || after.viewSize !== before.viewSize) frames.request('frame')
      }),
      () => { frames.stop() },
    ]
    frames.request('picture', 'frame')
    return () => { for (const stop of stops) stop() }
  }, [editor, pixels, camera, size])

  const move = (event: PointerEvent<HTMLDivElement>) => {
    if ((event.buttons & 1) === 0) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    lookAt(editor, screenToImage(camera, [event.clientX - left, event.clientY - top]))
  }
  return (
    <div
      className={classes.minimap} role="img" aria-label={t('annotate.view.minimap')} style={size}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); move(event) }} onPointerMove={move}
      onMouseDown={(event) => event.preventDefault()}
    >
      <canvas ref={picture} style={{ ...size, ...(adjusted && { filter: ADJUSTED }) }} />
      <svg width={size.width} height={size.height} aria-hidden><polygon ref={frame} /></svg>
    </div>
  )
}

function mapOf(image: Size): { camera: Camera; size: Size } {
  const scale = SIDE / Math.max(image.width, image.height)
  const size = { width: Math.max(8, Math.round(image.width * scale)), height: Math.max(8, Math.round(image.height * scale)) }
  return { camera: cameraToFit({ x: 0, y: 0, ...image }, size, 0, UPRIGHT), size }
}

function paintPicture(canvas: HTMLCanvasElement, pixels: ImagePixels, camera: Camera, size: Size): void {
  const density = window.devicePixelRatio
  canvas.width = Math.round(size.width * density)
  canvas.height = Math.round(size.height * density)
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(density, density)
  pixels.paint(context, camera, size, density)
}

/** The corners of the view on the map, as an SVG list of points. */
function seenCorners(editor: Editor, camera: Camera): string {
  const state = editor.state.getState()
  const corners = boxCorners({ x: 0, y: 0, ...state.viewSize })
  return corners.map((corner) => imageToScreen(camera, screenToImage(state.camera, corner)).join()).join(' ')
}
