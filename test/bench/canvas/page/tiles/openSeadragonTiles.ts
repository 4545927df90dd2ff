import OpenSeadragon from 'openseadragon'
import type { View } from '../subject.ts'
import { PYRAMID } from './pyramid.ts'
import type { TileSubject } from './tileSubject.ts'

/** OpenSeadragon's canvas drawer, without the animations of its camera. */
export function openSeadragonTiles(): TileSubject {
  let viewer: OpenSeadragon.Viewer
  const look = ({ x, y, zoom }: View) => {
    const { clientWidth, clientHeight } = viewer.element
    viewer.viewport.fitBounds(viewer.viewport.imageToViewportRectangle(x, y, clientWidth / zoom, clientHeight / zoom), true)
  }
  return {
    open(host, view) {
      viewer = OpenSeadragon({ element: host, drawer: 'canvas', showNavigationControl: false, animationTime: 0 })
      viewer.addOnceHandler('open', () => { look(view) })
      const { width, height, tileSize, overlap: tileOverlap, maxLevel } = PYRAMID
      viewer.open({ tileSource: { width, height, tileSize, tileOverlap, minLevel: 0, maxLevel, getTileUrl: (level: number, column: number, row: number) => `/tiles/${level}/${column}_${row}.jpg` } })
    },
    look,
  }
}
