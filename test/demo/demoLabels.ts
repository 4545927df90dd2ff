import type { DrawnShape } from '../driver/annotateView.ts'
import type { FieldmarkApp } from '../driver/fieldmarkApp.ts'

export interface DemoLabel {
  task: string
  acceptPredictions: boolean
  shapes: DrawnShape[]
}

/** What the demo labels while it is offline: the three tools and the predictions of two models. */
export const DEMO_LABELS: DemoLabel[] = [
  {
    task: 'purple-wall.jpg',
    acceptPredictions: true,
    shapes: [{ kind: 'rectangle', classKey: '2', from: [0.33, 0.04], to: [0.5, 0.97] }],
  },
  {
    task: 'australia-clouds.jpg',
    acceptPredictions: false,
    shapes: [{ kind: 'polygon', classKey: '1', corners: [[0.16, 0.72], [0.22, 0.69], [0.36, 0.8], [0.34, 0.86], [0.2, 0.8]] }],
  },
  {
    task: 'sofa.jpg',
    acceptPredictions: true,
    shapes: [
      { kind: 'rectangle', classKey: '3', from: [0.423, 0.733], to: [0.497, 0.866] },
      { kind: 'polygon', classKey: '4', corners: [[0.056, 0.893], [0.097, 0.878], [0.17, 0.92], [0.129, 0.94]] },
    ],
  },
]

/** Finds a task in the queue, opens it and labels it; leaves it open and not submitted. */
export async function openAndLabel(app: FieldmarkApp, label: DemoLabel): Promise<void> {
  await app.goTo('Queue')
  await app.queue.search(label.task)
  await app.queue.open(label.task)
  await app.annotate.waitUntilOpen(label.task)
  if (label.acceptPredictions) await app.annotate.acceptAllPredictions()
  for (const shape of label.shapes) await app.annotate.draw(shape)
}
