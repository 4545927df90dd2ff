import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { Mark } from '../../store/editor.ts'

export type PointState =
  | { readonly name: 'idle' }
  | { readonly name: 'placing'; readonly mark: Mark; readonly labelClass: LabelClass }
