import '@annotorious/annotorious/annotorious.css'
import { createImageAnnotator } from '@annotorious/annotorious'
import type { ImageAnnotator } from '@annotorious/annotorious'
import { IMAGE, LINE_WIDTH } from '../scene.ts'
import type { Scene } from '../scene.ts'
import { loadImage } from '../subject.ts'
import type { Subject, View } from '../subject.ts'
import { annotoriousScene } from './annotoriousScene.ts'

/** Annotorious over an image element. It has no camera of its own, so the page moves and scales what it made, as its users do. */
export function annotorious(): Subject {
  let annotator: ImageAnnotator
  let scene: Scene
  const stage = document.createElement('div')
  Object.assign(stage.style, { position: 'absolute', transformOrigin: '0 0', width: `${IMAGE.width}px`, height: `${IMAGE.height}px` })
  const look = ({ x, y, zoom }: View) => { stage.style.transform = `scale(${zoom}) translate(${-x}px, ${-y}px)` }
  const { show, ...rest } = annotoriousScene(() => annotator, () => scene)
  return {
    async load(host, shown, view) {
      scene = shown
      const image = await loadImage(IMAGE.url)
      stage.append(image)
      host.append(stage)
      look(view)
      annotator = createImageAnnotator(image, { drawingEnabled: false })
      // Scaled with what the page scales.
      show(LINE_WIDTH / view.zoom)
    },
    look,
    ...rest,
  }
}
