import type { TFunction } from 'i18next'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { Comparable, VersionRef } from '../../../shared/rpc/compare.ts'
import type { useFormat } from '../common/useFormat.ts'
import type { Titled } from './compared.ts'

/** How a version is called, and what tells it from others. */
export function versionTitle(t: TFunction, format: ReturnType<typeof useFormat>, version: Comparable): Titled {
  const count = version.shapes
  switch (version.kind) {
    case 'gold': return { title: t('compare.version.gold'), text: t('compare.version.shapes', { count }) }
    case 'draft': return { title: t('compare.version.draft'), text: t('compare.version.shapes', { count }) }
    case 'prediction': return { title: t('compare.version.prediction', { model: version.model, version: version.modelVersion }), text: t('compare.version.shapes', { count }) }
    case 'revision': {
      const facts = { time: format.dateTime(version.createdAt), count, id: version.revisionId.slice(0, 8) }
      return { title: t('compare.version.revision', { author: version.author }), text: t(version.here ? 'compare.version.revisionText' : 'compare.version.elsewhereText', facts) }
    }
    default: return assertNever(version, 'version')
  }
}

export function refOf(version: Comparable): VersionRef {
  switch (version.kind) {
    case 'draft':
    case 'gold': return { kind: version.kind }
    case 'prediction': return { kind: 'prediction', predictionId: version.predictionId }
    case 'revision': return { kind: 'revision', revisionId: version.revisionId }
    default: return assertNever(version, 'version')
  }
}
