import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

/** The window gets no smaller. */
const SMALLEST = { width: 1024, height: 640 }

test('in the smallest window, in the longer language, everything in the bar above the image is there as a whole and lies over nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-narrow-'))
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'a photograph with quite a long name.jpg'))
  const app = await FieldmarkApp.launch({ folder, args: ['--lang=es'] })
  const { window } = app
  await window.setViewportSize(SMALLEST)
  await window.getByRole('button', { name: 'Anotar' }).last().click()
  const canvas = window.getByRole('application')
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('There is no canvas')
  await window.keyboard.press('r')
  await window.mouse.move(box.x + 150, box.y + 150)
  await window.mouse.down()
  await window.mouse.move(box.x + 250, box.y + 250, { steps: 3 })
  await window.mouse.up()
  await expect(window.getByText(/^Guardado/)).toBeVisible()

  const bar = window.getByRole('button', { name: 'Enviar' }).locator('..')
  const parts = await bar.evaluate((element) => [...element.children].map((child) => {
    const { left, right } = child.getBoundingClientRect()
    const isCut = child instanceof HTMLButtonElement && [child, ...child.querySelectorAll('*')].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth && clientWidth > 0)
    return { text: child.textContent, left, right, isCut }
  }).filter(({ left, right }) => right > left))
  expect(parts.filter(({ isCut }) => isCut)).toEqual([])
  expect(parts.filter(({ left }, index) => left < (parts[index - 1]?.right ?? 0))).toEqual([])
  expect(parts.at(-1)).toMatchObject({ text: 'Enviar' })
  expect(parts.at(-1)?.right).toBeLessThanOrEqual(SMALLEST.width)
  await app.screenshot(test.info().outputPath('narrow.png'))
  expect(app.complaints).toEqual([])
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})
