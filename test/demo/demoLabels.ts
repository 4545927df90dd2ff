import type { DrawnShape } from '../driver/annotateView.ts'

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
    shapes: [{ kind: 'rectangle', classKey: '2', from: [0.35, 0.2], to: [0.48, 0.75] }],
  },
  {
    task: 'australia-clouds.jpg',
    acceptPredictions: false,
    shapes: [{ kind: 'polygon', classKey: '1', corners: [[0.4, 0.3], [0.55, 0.28], [0.6, 0.42], [0.48, 0.5]] }],
  },
  {
    task: 'sofa.jpg',
    acceptPredictions: true,
    shapes: [
      { kind: 'rectangle', classKey: '3', from: [0.45, 0.6], to: [0.5, 0.68] },
      { kind: 'polygon', classKey: '4', corners: [[0.3, 0.7], [0.4, 0.65], [0.42, 0.8]] },
    ],
  },
]
