import type { TFunction } from 'i18next'
import { SHAPE_KINDS, type ShapeKind } from '../../../shared/domain/labelSchema.ts'
import type { Violation } from '../../../shared/domain/validateDraft.ts'

/** What a violation says, in the window's language. */
export function violationText(t: TFunction, { rule, subject }: Violation): string {
  return t(`annotate.violations.rule.${rule}`, { subject: isShapeKind(subject) ? t(`annotate.kind.${subject}`) : subject })
}

function isShapeKind(subject: string): subject is ShapeKind {
  return SHAPE_KINDS.some((kind) => kind === subject)
}
