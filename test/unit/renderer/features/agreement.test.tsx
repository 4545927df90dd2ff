import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { AgreementPanel } from '../../../../renderer/features/agreement/AgreementPanel.tsx'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import { AgreementReportSchema, type AgreementReport } from '../../../../shared/rpc/quality.ts'
import { FakeEngine } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { revisionId } from '../../../builders/windowRecords.ts'

const scores = (f1: number) => ({ threshold: 0.5, matched: 2, missed: 0, spurious: 1, precision: f1, recall: f1, f1, meanSimilarity: 0.8 })
const agreement = (f1: number) => ({ at50: scores(f1), at75: scores(f1), averageF1: f1, places: scores(f1), boundary: { masks: 2, meanF: 0.87 } })
const result = (annotator: string) => ({ annotator, revisionId, taskId: `task-${annotator}` })
const report = AgreementReportSchema.parse({
  results: [result('ada'), result('bea')],
  figures: {
    overall: agreement(0.75), pairs: [{ ...agreement(0.75), left: 'ada', right: 'bea', classKappa: 0.5 }], classes: [], classAlpha: 0.61, classKappa: 0.43,
    alone: [{ annotator: 'bea', revisionId, taskId: 'task-bea', shapeId: 's1', classId: 'car', x: 10, y: 20 }],
  },
})

/** The figures of all by their names. */
function factsOf(): Record<string, string> {
  const list = document.querySelector('dl[aria-label="Agreement of all"]')
  if (list === null) throw new Error('There is no list of figures')
  return Object.fromEntries([...list.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling?.textContent ?? '']))
}

function show(answer: AgreementReport) {
  const [onShow, onPropose] = [vi.fn(), vi.fn()]
  renderFeature(
    <AgreementPanel taskId={'task-ada' as TaskId} classNames={new Map([['car', 'Car']])} onShow={onShow} onPropose={onPropose} busy={false} />,
    new FakeEngine({ 'quality.agreement': () => answer }),
  )
  return { onShow, onPropose }
}

describe('the agreement of several annotators', () => {
  it('is shown for all and in pairs, and leads to what nobody else drew', async () => {
    const { onShow, onPropose } = show(report)
    const pair = within(await screen.findByRole('table', { name: 'Agreement in pairs' })).getByRole('row', { name: /ada – bea/ })
    expect(pair.textContent).toBe('ada – bea75%80%87%0.50')
    expect(factsOf()).toMatchObject({ "Fleiss' kappa of classes": '0.43', "Krippendorff's alpha of classes": '0.61', 'Boundary F-score of matched masks': '87%' })
    await userEvent.click(screen.getByRole('button', { name: 'Car of bea' }))
    expect(onShow).toHaveBeenCalledWith(expect.objectContaining({ shapeId: 's1', x: 10, y: 20 }))
    await userEvent.click(screen.getByRole('button', { name: 'Propose a consensus' }))
    expect(onPropose).toHaveBeenCalledOnce()
  })

  it('says of what it has no figures that it does not apply, and explains each', async () => {
    const bare = { ...agreement(0.75), boundary: undefined }
    show(AgreementReportSchema.parse({ ...report, figures: { overall: bare, pairs: [{ ...bare, left: 'ada', right: 'bea' }], classes: [], alone: [] } }))
    const pair = within(await screen.findByRole('table', { name: 'Agreement in pairs' })).getByRole('row', { name: /ada – bea/ })
    expect(within(pair).getAllByRole('img', { name: 'not applicable' })).toHaveLength(2)
    expect(factsOf()).toMatchObject({
      'Boundary F-score of matched masks': 'not applicable', "Fleiss' kappa of classes": 'not applicable', "Krippendorff's alpha of classes": 'not applicable', "Fleiss' kappa of tags": 'not applicable',
    })
    await userEvent.click(screen.getByText('What these figures say'))
    expect(screen.getByText(/Not applicable where no two masks belong together/).tagName).toBe('DD')
    expect(screen.getByText(/objects that all of them marked/).tagName).toBe('DD')
  })

  it('says when there is nobody to agree with', async () => {
    show(AgreementReportSchema.parse({ results: [result('ada')] }))
    await screen.findByText('Only one person labelled this image.')
    expect(screen.queryByRole('button', { name: 'Propose a consensus' })).toBeNull()
  })
})
