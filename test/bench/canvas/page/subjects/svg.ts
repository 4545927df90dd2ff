import type { Point } from '../../../../../shared/geometry/point.ts'
import { FILL_OPACITY, IMAGE, LINE_WIDTH } from '../scene.ts'
import type { Scene, SceneShape } from '../scene.ts'
import { loadImage, toScreen } from '../subject.ts'
import type { Subject, View } from '../subject.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** An element of SVG for each shape, and the browser does the rest. */
export function svg(): Subject {
  const root = element('svg', { width: '100%', height: '100%' })
  const scenery = element('g', { 'stroke-width': `${LINE_WIDTH}`, 'fill-opacity': `${FILL_OPACITY}` })
  const handles = element('g', { fill: '#ffffff' })
  let scene: Scene
  let view: View
  let selected: Element | undefined
  let points: Point[] = []

  const look = (next: View) => {
    view = next
    scenery.setAttribute('transform', `scale(${view.zoom}) translate(${-view.x} ${-view.y})`)
    showHandles()
  }
  const showHandles = () => {
    handles.replaceChildren(...(selected === undefined ? [] : points).map((point) => {
      const [cx, cy] = toScreen(view, point)
      return element('circle', { cx: `${cx}`, cy: `${cy}`, r: '4' })
    }))
  }
  root.append(scenery, handles)

  return {
    async load(host, shown, first) {
      scene = shown
      points = [...scene.target.points]
      await loadImage(IMAGE.url)
      scenery.append(element('image', { href: IMAGE.url, width: `${IMAGE.width}`, height: `${IMAGE.height}` }), ...scene.shapes.map(shapeElement))
      look(first)
      host.append(root)
    },
    look,
    select() {
      const hit = document.elementFromPoint(...toScreen(view, scene.target.centre))
      selected = hit?.id === scene.target.id ? hit : undefined
      selected?.setAttribute('stroke', '#ffffff')
      showHandles()
    },
    deselect() {
      selected?.setAttribute('stroke', selected.getAttribute('fill') ?? '')
      selected = undefined
      showHandles()
    },
    isSelected: () => selected !== undefined,
    grabVertex: () => undefined,
    moveVertex(to) {
      points[0] = to
      selected?.setAttribute('points', points.join(' '))
      showHandles()
    },
    dropVertex: () => undefined,
  }
}

function shapeElement(shape: SceneShape): SVGElement {
  const common = { id: shape.id, fill: shape.color, stroke: shape.color, 'vector-effect': 'non-scaling-stroke' }
  return shape.kind === 'polygon'
    ? element('polygon', { ...common, points: shape.points.join(' ') })
    : element('rect', { ...common, x: `${shape.x}`, y: `${shape.y}`, width: `${shape.width}`, height: `${shape.height}` })
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
