import { useEffect, useRef } from 'react'
import type { CSSProperties } from 'react'
import type { ImageSource } from '../../shared/rpc/openTask.ts'
import type { Editor } from '../editor/store/editor.ts'
import { mountCanvas } from './mountCanvas.ts'
import type { CanvasEvents } from './mountCanvas.ts'

export interface AnnotationCanvasProps extends Partial<CanvasEvents> {
  readonly editor: Editor
  readonly image: ImageSource
  /** The accessible name, such as "Image street.jpg". */
  readonly label: string
}

const HOST_STYLE: CSSProperties = { position: 'relative', width: '100%', height: '100%', overflow: 'hidden', touchAction: 'none', userSelect: 'none' }

/** The image with its shapes, under the pointer and keys of the annotator. It fills its parent. */
export function AnnotationCanvas({ editor, image, label, onImageShown, onImageProblem, onPixels }: AnnotationCanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const events = useRef<Partial<CanvasEvents>>({})
  useEffect(() => { events.current = { onImageShown, onImageProblem, onPixels } }, [onImageShown, onImageProblem, onPixels])
  useEffect(() => {
    if (host.current === null) return undefined
    return mountCanvas(host.current, editor, image, {
      onImageShown: () => events.current.onImageShown?.(),
      onImageProblem: (error) => events.current.onImageProblem?.(error),
      onPixels: (pixels) => events.current.onPixels?.(pixels),
    })
  }, [editor, image])
  return <div ref={host} role="application" aria-label={label} tabIndex={0} style={HOST_STYLE} />
}
