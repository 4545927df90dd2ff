import { Application, Container, Graphics, Sprite, Texture } from 'pixi.js'
import type { Point } from '../../../../../shared/geometry/point.ts'
import { COLORS, FILL_OPACITY, IMAGE } from '../scene.ts'
import type { Scene, SceneShape } from '../scene.ts'
import { loadImage, toScreen } from '../subject.ts'
import type { Subject, View } from '../subject.ts'

/** An object of Pixi for each shape, in a group whose camera is the graphics processor's work; lines are its thin ones, one pixel at every zoom. */
export function pixi(): Subject {
  const app = new Application()
  const scenery = new Container({ isRenderGroup: true })
  const handles = new Graphics()
  let scene: Scene
  let view: View
  let target: Graphics
  let points: Point[] = []
  let selected = false

  const render = () => {
    handles.clear()
    if (selected) for (const point of points) handles.circle(...toScreen(view, point), 4)
    handles.fill('#ffffff')
    app.render()
  }
  const look = (next: View) => {
    view = next
    scenery.scale.set(view.zoom)
    scenery.position.set(-view.x * view.zoom, -view.y * view.zoom)
    render()
  }
  const redraw = () => { drawPolygon(target.clear(), points, COLORS[0], selected ? '#ffffff' : COLORS[0]) }

  return {
    async load(host, shown, first) {
      scene = shown
      points = [...scene.target.points]
      const image = await loadImage(IMAGE.url)
      await app.init({ width: host.clientWidth, height: host.clientHeight, preference: 'webgl', antialias: true, autoStart: false, backgroundAlpha: 0 })
      const graphics = scene.shapes.map(graphicsOf)
      target = graphics.at(-1) ?? target
      scenery.addChild(new Sprite(Texture.from(image)), ...graphics)
      app.stage.addChild(scenery, handles)
      host.append(app.canvas)
      look(first)
    },
    look,
    select() {
      selected = app.renderer.events.rootBoundary.hitTest(...toScreen(view, scene.target.centre)) === target
      redraw()
      render()
    },
    deselect() {
      selected = false
      redraw()
      render()
    },
    isSelected: () => selected,
    grabVertex: () => undefined,
    moveVertex(to) {
      points[0] = to
      redraw()
      render()
    },
    dropVertex: () => undefined,
  }
}

function graphicsOf(shape: SceneShape): Graphics {
  const graphics = new Graphics({ eventMode: 'static' })
  if (shape.kind === 'polygon') return drawPolygon(graphics, shape.points, shape.color, shape.color)
  return graphics.rect(shape.x, shape.y, shape.width, shape.height).fill({ color: shape.color, alpha: FILL_OPACITY }).stroke({ color: shape.color, pixelLine: true })
}

function drawPolygon(graphics: Graphics, points: readonly Point[], fill: string, stroke: string): Graphics {
  return graphics.poly(points.flat()).fill({ color: fill, alpha: FILL_OPACITY }).stroke({ color: stroke, pixelLine: true })
}
