import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openTestPage, SOFTWARE_GPU, type TestPage } from '../driver/testPage.ts'
import type { Look, Step } from './pages/pictures/main.ts'

const RED = '#cc2233'
const BLUE = '#2255dd'
const box = (x: number, y: number, width: number, height: number, color = RED) => ({ color, geometry: { kind: 'rectangle' as const, x, y, width, height } })
const star = (x: number, y: number, radius: number, color = BLUE) => ({
  color, geometry: {
    kind: 'polygon' as const,
    rings: [Array.from({ length: 16 }, (_, corner): [number, number] => {
      const reach = corner % 2 === 0 ? radius : radius / 2
      return [x + reach * Math.cos((Math.PI * corner) / 8), y + reach * Math.sin((Math.PI * corner) / 8)]
    })],
  },
})
const ring = (low: number, high: number): [number, number][] => [[low, low], [high, low], [high, high], [low, high]]
const VARIED = [
  box(20, 30, 120, 80), star(140, 90, 70), box(90, 60, 100, 100, '#118833'),
  { color: BLUE, geometry: { kind: 'ellipse' as const, cx: 300, cy: 100, rx: 80, ry: 40, rotation: 30 } },
  { color: RED, geometry: { kind: 'polygon' as const, rings: [ring(200, 280), ring(220, 260)] } },
  { color: '#aa00aa', geometry: { kind: 'polyline' as const, points: [[10, 250], [80, 190], [130, 280], [190, 200]] as [number, number][] } },
  { color: '#000000', geometry: { kind: 'point' as const, x: 350, y: 220 } },
]

let opened: TestPage
test.beforeAll(async () => { opened = await openTestPage(join(import.meta.dirname, 'pages/pictures'), SOFTWARE_GPU) })
test.afterAll(async () => { await opened.close() })

async function compare(steps: readonly Step[], look: Look) {
  const difference = await opened.page.evaluate(({ steps, look }) => window.bothPictures.compare(steps, look), { steps, look })
  await opened.page.evaluate(() => { window.bothPictures.show() })
  await opened.page.screenshot({ path: test.info().outputPath('both.png'), fullPage: true })
  return difference
}

const LOOKS: Record<string, Look> = {
  'as it is': { camera: {} },
  'turned and mirrored': { camera: { x: 60, y: -20, rotation: 25, flipped: true } },
  'from far, where shapes become boxes': { camera: { zoom: 0.05 } },
  'from near': { camera: { x: 100, y: 60, zoom: 9 } },
  'on a dense screen, filled more and with wider lines': { camera: {}, density: 2, fillOpacity: 0.7, outlineWidth: 4 },
}
for (const [name, look] of Object.entries(LOOKS)) {
  test(`the graphics processor draws as the threads do: ${name}`, async () => {
    const { mean, off, marked } = await compare([{ load: VARIED }], look)
    expect(marked).toBeGreaterThan(0)
    expect(mean).toBeLessThan(0.5)
    expect(off).toBeLessThan(0.002)
  })
}

test('it follows what is added, taken away and hidden, and forgets', async () => {
  const steps: Step[] = [
    { load: VARIED }, { removed: [1], added: [star(200, 150, 90, RED), box(10, 10, 30, 30)] }, { hide: [0, 4] }, { removed: [7], added: [box(250, 20, 60, 200, '#118833')] }, { hide: [4] },
  ]
  for (let count = 1; count <= steps.length; count += 1) {
    const { mean, off } = await compare(steps.slice(0, count), { camera: {} })
    expect(mean).toBeLessThan(0.5)
    expect(off).toBeLessThan(0.002)
  }
})

test('it draws many shapes of a large image where they are', async () => {
  const shapes = Array.from({ length: 5000 }, (_, index) => {
    const [x, y] = [39_000 + 16 * (index % 100), 29_000 + 16 * Math.floor(index / 100)]
    return index % 2 === 0 ? box(x, y, 14, 12) : star(x, y, 9)
  })
  const { mean, off, marked } = await compare([{ load: shapes }], { camera: { x: 39_100.3, y: 29_050.7, zoom: 1.7 } })
  expect(marked).toBeGreaterThan(0.3)
  expect(mean).toBeLessThan(0.5)
  expect(off).toBeLessThan(0.005)
})

test('it says so when it was lost, and draws nothing wrong', async () => {
  expect(await opened.page.evaluate(() => window.bothPictures.loseGpu())).toContain('The graphics processor failed')
})
