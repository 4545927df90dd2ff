import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ComponentProps } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { FakeEngine } from '../../../builders/fakeEngine.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, openTask, prediction, revisionId, shape } from '../../../builders/windowRecords.ts'
import { differencesOf } from '../../../../electron/engine/quality/versionSides.ts'
import { CompareVersionsDialog } from '../../../../renderer/features/compare/CompareVersionsDialog.tsx'
import { CompareView } from '../../../../renderer/features/compare/CompareView.tsx'
import type { VersionContent } from '../../../../shared/domain/compareVersions.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import { predictionContent } from '../../../../shared/domain/predictionContent.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import type { Comparable } from '../../../../shared/rpc/compare.ts'

const content = (shapes: Shape[], over: Partial<VersionContent> = {}): VersionContent => ({ outcome: { kind: 'labelled' }, shapes, tags: [], rejections: [], ...over })
const box = (x: number, width = 120) => ({ kind: 'rectangle' as const, x, y: 80, width, height: 150 })

const before = content([
  shape('same'), shape('gone', { geometry: box(300) }), shape('shifted', { geometry: box(500) }), shape('grown', { geometry: box(700, 100) }),
  shape('other', { geometry: box(900), attributes: { expression: 'happy' } as never }),
], { tags: ['crowd' as never] })
const after = content([
  shape('same'), shape('shifted', { geometry: box(540) }), shape('grown', { geometry: box(700, 200), classId: 'person' as never }),
  shape('other', { geometry: box(900), attributes: { expression: 'neutral', occluded: true } as never }), shape('new', { geometry: box(1100), classId: 'person' as never }),
])

function show(first = before, second = after, words?: ComponentProps<typeof CompareView>['words']) {
  const { schema } = openTask(1)
  if (schema === undefined) throw new Error('no schema')
  const engine = new FakeEngine({})
  renderFeature(
    <CompareView
      compared={{ from: { content: first }, to: { content: second }, differences: differencesOf(first, second), schema }}
      from={{ title: 'Result of ada', text: '' }} to={{ title: 'Result of grace', text: '' }} name="photo-0001.jpg" image={openTask(1).image} {...(words && { words })}
    />, engine,
  )
  return engine
}

const list = () => screen.getByRole('list', { name: 'Differences' })
const lines = () => within(list()).getAllByRole('listitem').map(({ textContent }) => textContent)
const currentLine = () => within(list()).getAllByRole('button').find((item) => item.getAttribute('aria-current') === 'true')?.textContent

describe('CompareView', () => {
  it('lists what was added, removed, moved, reshaped, relabelled and re-attributed, by the names of the label schema', () => {
    const engine = show()
    expect(lines()).toEqual([
      'Crowd image tag removed', 'Face removed', 'Person added', 'Face moved · IoU 50%', 'Face → Person reshaped, relabelled · IoU 50%',
      'Face other attributesExpression: happy → neutralOccluded: not set → yes',
    ])
    expect(screen.getByText('In both: 1 shape')).toBeTruthy()
    engine.close()
  })

  it('leads from difference to difference by N and Shift+N, round and round', async () => {
    const engine = show()
    expect(screen.getByRole('status').textContent).toBe('6 differences')
    await userEvent.keyboard('n')
    expect([currentLine(), screen.getByRole('status').textContent]).toEqual(['Crowd image tag removed', 'Difference 1 of 6'])
    await userEvent.keyboard('nn')
    expect(currentLine()).toBe('Person added')
    await userEvent.keyboard('{Shift>}NNN{/Shift}')
    expect(currentLine()).toContain('Face other attributes')
    await userEvent.click(screen.getByRole('button', { name: 'Next difference' }))
    expect(currentLine()).toBe('Crowd image tag removed')
    engine.close()
  })

  it('shows the kinds of differences that are wanted', async () => {
    const engine = show()
    for (const name of ['Added 1', 'Removed 1', 'Moved 1', 'Attributes 1', 'Image 1']) await userEvent.click(screen.getByRole('checkbox', { name }))
    expect(lines()).toEqual(['Face → Person reshaped, relabelled · IoU 50%'])
    await userEvent.keyboard('n')
    expect(screen.getByRole('status').textContent).toBe('Difference 1 of 1')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Reshaped 1' }))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Relabelled 1' }))
    expect(lines()).toEqual(['No difference is of the kinds chosen above.'])
    engine.close()
  })

  it('says in other words what is in one alone, where neither came first', () => {
    const engine = show(content([shape('mine')]), content([]), { removed: 'only in yours' })
    expect(lines()).toEqual(['Face only in yours'])
    expect(screen.getByRole('checkbox', { name: 'only in yours 1' })).toBeTruthy()
    engine.close()
  })

  it('says how the task ended where that differs', () => {
    const engine = show(content([]), content([], { outcome: { kind: 'skipped', reason: 'too dark' } }))
    expect(lines()).toEqual(['Outcome: labelled → skipped (too dark)'])
    engine.close()
  })

  it('says when both say the same', () => {
    const engine = show(before, before)
    expect(lines()).toEqual(['Both say the same.'])
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next difference' }).disabled).toBe(true)
    engine.close()
  })

  it('shows both over each other, side by side, or uncovers one by a divider that keys move', async () => {
    const engine = show()
    expect(screen.getByRole('application', { name: 'Comparison photo-0001.jpg' })).toBeTruthy()
    await userEvent.click(screen.getByText('Side by side'))
    expect(screen.getAllByRole('application').map((canvas) => canvas.getAttribute('aria-label'))).toEqual(['photo-0001.jpg: Result of ada', 'photo-0001.jpg: Result of grace'])
    await userEvent.click(screen.getByText('Wipe'))
    const divider = screen.getByRole('slider', { name: /Divider: Result of ada to its left/ })
    divider.focus()
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}')
    expect(divider.getAttribute('aria-valuenow')).toBe('62')
    await userEvent.keyboard('{Home}')
    expect(divider.getAttribute('aria-valuenow')).toBe('0')
    engine.close()
  })
})

describe('CompareVersionsDialog', () => {
  const taskId = 'task-1' as TaskId
  const revision: Comparable = { kind: 'revision', revisionId, author: 'ada', createdAt: at('10:00:00'), here: true, shapes: 5 }
  const draft: Comparable = { kind: 'draft', edited: true, shapes: 5 }
  const predicted: Comparable = { kind: 'prediction', predictionId: 'prediction-1' as never, model: 'ssd-mobilenet', modelVersion: '1.0', shapes: 3 }
  const answer: Comparable = { kind: 'gold', shapes: 5 }
  const sides = { revision: { version: revision, content: before }, draft: { version: draft, content: after }, prediction: { version: predicted, content: predictionContent(prediction()) }, gold: { version: answer, content: before } }
  const engineWith = (versions: Comparable[]) => new FakeEngine({
    'tasks.image': () => ({ image: openTask(1).image }),
    'versions.comparable': () => versions,
    'versions.between': ({ from, to }) => {
      const [first, second] = [sides[from.kind], sides[to.kind]]
      return { name: 'photo-0001.jpg', from: first, to: second, differences: differencesOf(first.content, second.content), schema: openTask(1).schema }
    },
  })

  it('compares the last result with the draft, and whatever else is chosen', async () => {
    const engine = engineWith([revision, draft, predicted])
    renderFeature(<CompareVersionsDialog taskId={taskId} opened onClose={vi.fn()} />, engine)
    await waitFor(() => expect(lines()).toHaveLength(6))
    await userEvent.click(screen.getByRole('combobox', { name: 'From' }))
    await userEvent.click(await screen.findByRole('option', { name: /Prediction of ssd-mobilenet 1.0/ }))
    await waitFor(() => expect(engine.callsOf('versions.between').at(-1)).toMatchObject({ taskId, from: { kind: 'prediction', predictionId: 'prediction-1' }, to: { kind: 'draft' } }))
    expect(await screen.findByText('Prediction of ssd-mobilenet 1.0')).toBeTruthy()
    engine.close()
  })

  it('begins with the two that it is opened for', async () => {
    const engine = engineWith([revision, draft, answer, predicted])
    renderFeature(<CompareVersionsDialog taskId={taskId} pair={[{ kind: 'gold' }, { kind: 'draft' }]} opened onClose={vi.fn()} />, engine)
    await waitFor(() => expect(engine.callsOf('versions.between')).toMatchObject([{ taskId, from: { kind: 'gold' }, to: { kind: 'draft' } }]))
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'From' }).value).toBe('Known answer · 5 shapes')
    await waitFor(() => expect(lines()).toEqual(expect.arrayContaining(['Face missed', 'Person too many'])))
    engine.close()
  })

  it('says that it compares until the answer is there, can be stopped meanwhile, and begun again', async () => {
    const engine = engineWith([revision, draft])
    let refuse = (_: Error) => {}
    engine.handle('versions.between', () => new Promise((_, reject) => { refuse = reject }))
    engine.handle('jobs.cancel', () => { refuse(new RpcError('cancelled', 'stopped')); return {} })
    renderFeature(<CompareVersionsDialog taskId={taskId} opened onClose={vi.fn()} />, engine)
    expect(await screen.findByText('The versions are being compared.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByText('The comparison was stopped')).toBeTruthy()
    expect(engine.callsOf('jobs.cancel')).toEqual([{ jobId: engine.callsOf('versions.between')[0]?.jobId }])
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(engine.callsOf('versions.between')).toHaveLength(2))
    engine.close()
  })

  it('says so where there are no two versions', async () => {
    const engine = engineWith([revision])
    renderFeature(<CompareVersionsDialog taskId={taskId} opened onClose={vi.fn()} />, engine)
    expect(await screen.findByText('There are no two versions to compare yet')).toBeTruthy()
    engine.close()
  })
})
