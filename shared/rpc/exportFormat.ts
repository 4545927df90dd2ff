import { z } from 'zod'

/** The formats in which labels are exported; `yolo` are boxes, `yoloPose` skeletons. */
export const ExportFormatSchema = z.enum(['coco', 'yolo', 'yoloPose'])
export type ExportFormat = z.infer<typeof ExportFormatSchema>
