import Konva from 'konva'
import type { Point } from '../../../../../shared/geometry/point.ts'
import { COLORS, FILL_OPACITY, IMAGE, LINE_WIDTH } from '../scene.ts'
import type { Scene, SceneShape } from '../scene.ts'
import { loadImage, toScreen } from '../subject.ts'
import type { Subject, View } from '../subject.ts'

/** A node of Konva for each shape; what is selected moves to a layer of its own, as Konva's guide to performance says. */
export function konva(): Subject {
  let stage: Konva.Stage
  const scenery = new Konva.Layer()
  const interaction = new Konva.Layer()
  let scene: Scene
  let view: View
  let selected: Konva.Line | undefined
  let anchors: Konva.Circle[] = []

  const look = (next: View) => {
    view = next
    stage.scale({ x: view.zoom, y: view.zoom })
    stage.position({ x: -view.x * view.zoom, y: -view.y * view.zoom })
    for (const anchor of anchors) anchor.radius(4 / view.zoom)
  }

  return {
    async load(host, shown, first) {
      scene = shown
      const image = await loadImage(IMAGE.url)
      stage = new Konva.Stage({ container: host as HTMLDivElement, width: host.clientWidth, height: host.clientHeight })
      scenery.add(new Konva.Image({ image, width: IMAGE.width, height: IMAGE.height, listening: false }), ...scene.shapes.map(nodeOf))
      look(first)
      stage.add(scenery, interaction)
    },
    look,
    select() {
      const [x, y] = toScreen(view, scene.target.centre)
      const hit = stage.getIntersection({ x, y })
      if (!(hit instanceof Konva.Line) || hit.id() !== scene.target.id) return
      selected = hit
      hit.stroke('#ffffff')
      hit.moveTo(interaction)
      anchors = scene.target.points.map(([cx, cy]) => new Konva.Circle({ x: cx, y: cy, radius: 4 / view.zoom, fill: '#ffffff' }))
      interaction.add(...anchors)
    },
    deselect() {
      selected?.stroke(COLORS[0])
      selected?.moveTo(scenery)
      selected = undefined
      for (const anchor of anchors) anchor.destroy()
      anchors = []
    },
    isSelected: () => selected !== undefined,
    grabVertex: () => undefined,
    moveVertex([x, y]: Point) {
      selected?.points([x, y, ...(selected.points().slice(2))])
      anchors[0]?.position({ x, y })
    },
    dropVertex: () => undefined,
  }
}

function nodeOf(shape: SceneShape): Konva.Shape {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(shape.color.slice(at, at + 2), 16))
  const common = {
    id: shape.id, stroke: shape.color, fill: `rgba(${red}, ${green}, ${blue}, ${FILL_OPACITY})`, strokeWidth: LINE_WIDTH, strokeScaleEnabled: false, perfectDrawEnabled: false,
  }
  return shape.kind === 'polygon'
    ? new Konva.Line({ ...common, points: shape.points.flat(), closed: true })
    : new Konva.Rect({ ...common, x: shape.x, y: shape.y, width: shape.width, height: shape.height })
}
