import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { LeftOutShape } from '../../../shared/formats/labelledImage.ts'
import type { ExportRequest } from './exportLabelsSource.ts'

const FORMAT_NAMES: Record<ExportRequest['format'], string> = { coco: 'COCO', yolo: 'YOLO', yoloPose: 'YOLO for poses' }

/** Which shapes of a task a file does not hold, counted by kind and reason. */
export function describeLeftOut(shapes: readonly LeftOutShape[], format: ExportRequest['format']): string {
  const counts = new Map<string, number>()
  for (const shape of shapes) {
    const text = `${shape.kind} (${reasonOf(shape, format)})`
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return `Shapes left out: ${[...counts].map(([text, count]) => `${count} ${text}`).join(', ')}`
}

function reasonOf({ reason }: LeftOutShape, format: ExportRequest['format']): string {
  switch (reason) {
    case 'kind': return `${FORMAT_NAMES[format]} cannot hold it`
    case 'unknownClass': return 'its class is in no label schema'
    case 'damaged': return 'its mask cannot be read'
    case 'empty': return 'it marks nothing of the image'
    case 'keypoints': return 'its keypoints are not those of its class'
    default: return assertNever(reason, 'reason')
  }
}
