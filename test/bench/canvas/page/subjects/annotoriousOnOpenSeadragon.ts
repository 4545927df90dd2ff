import '@annotorious/openseadragon/annotorious-openseadragon.css'
import { createOSDAnnotator } from '@annotorious/openseadragon'
import type { OpenSeadragonAnnotator } from '@annotorious/openseadragon'
import OpenSeadragon from 'openseadragon'
import { IMAGE, LINE_WIDTH } from '../scene.ts'
import type { Scene } from '../scene.ts'
import type { Subject, View } from '../subject.ts'
import { annotoriousScene } from './annotoriousScene.ts'

/** Annotorious over OpenSeadragon, which has the camera; without its animations, so that every frame shows what was asked for. */
export function annotoriousOnOpenSeadragon(): Subject {
  let viewer: OpenSeadragon.Viewer
  let annotator: OpenSeadragonAnnotator
  let scene: Scene
  const look = ({ x, y, zoom }: View) => {
    const { clientWidth, clientHeight } = viewer.element
    viewer.viewport.fitBounds(viewer.viewport.imageToViewportRectangle(x, y, clientWidth / zoom, clientHeight / zoom), true)
  }
  const { show, ...rest } = annotoriousScene(() => annotator, () => scene)
  return {
    async load(host, shown, view) {
      scene = shown
      viewer = OpenSeadragon({ element: host, drawer: 'canvas', showNavigationControl: false, animationTime: 0, immediateRender: true, minZoomImageRatio: 0.01 })
      const opened = new Promise((resolve) => { viewer.addOnceHandler('open', resolve) })
      viewer.open({ tileSource: { type: 'image', url: IMAGE.url } })
      await opened
      look(view)
      annotator = createOSDAnnotator(viewer, { drawingEnabled: false })
      show(LINE_WIDTH)
    },
    look,
    ...rest,
  }
}
