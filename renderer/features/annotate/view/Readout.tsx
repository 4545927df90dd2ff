import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createFrames } from '../../../canvas/frames.ts'
import type { ImagePixels } from '../../../canvas/image/imageLayer.ts'
import { createPixelReader, type Pixel } from '../../../canvas/image/pixelReader.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { useFormat } from '../../common/useFormat.ts'
import classes from './View.module.css'

/** The pixel under the pointer: its column and row, and its colour in the file, whatever the adjustments. */
export function Readout({ editor, pixels }: { editor: Editor; pixels: ImagePixels }) {
  const { t } = useTranslation()
  const format = useFormat()
  const pixel = usePixelUnderPointer(editor, pixels)
  if (pixel === undefined) return null
  return (
    <div className={`${classes.pill} ${classes.readout}`} role="group" aria-label={t('annotate.view.pixel')}>
      <span>x {format.number(pixel.column)}</span>
      <span>y {format.number(pixel.row)}</span>
      {pixel.rgb && (
        <>
          <i className={classes.sample} style={{ background: `rgb(${pixel.rgb.join(' ')})` }} />
          <span>{pixel.rgb.join(' ')}</span>
        </>
      )}
    </div>
  )
}

/** At most once a frame, so that no movement of the pointer waits for it. */
function usePixelUnderPointer(editor: Editor, pixels: ImagePixels): Pixel | undefined {
  const [pixel, setPixel] = useState<Pixel>()
  useEffect(() => {
    const read = createPixelReader(pixels, editor.imageSize)
    const frames = createFrames<'pixel'>(() => {
      const { pointer } = editor.state.getState()
      setPixel(pointer && read(pointer))
    })
    const stops = [
      editor.state.subscribe((after, before) => { if (after.pointer !== before.pointer) frames.request('pixel') }),
      pixels.onLoaded(() => { frames.request('pixel') }),
      () => { frames.stop() },
    ]
    return () => { for (const stop of stops) stop() }
  }, [editor, pixels])
  return pixel
}
