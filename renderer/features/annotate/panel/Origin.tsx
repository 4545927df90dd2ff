import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { Assistant, Provenance } from '../../../../shared/domain/shape.ts'
import classes from './Panel.module.css'

/** Where a shape came from, when that was not a person's hand alone. */
export function Origin({ provenance }: { provenance: Provenance }) {
  const { t } = useTranslation()
  if (provenance.source === 'human') return null
  return (
    <div className={classes.origin}>
      <Text span inherit>{t('annotate.origin.title')}</Text>
      <Text span inherit data-selectable>{originText(t, provenance)}</Text>
    </div>
  )
}

function originText(t: TFunction, provenance: Exclude<Provenance, { source: 'human' }>): string {
  switch (provenance.source) {
    case 'acceptedPrediction': return modelText(provenance)
    case 'editedPrediction': return t('annotate.origin.edited', { origin: modelText(provenance) })
    case 'assisted': return toolText(t, provenance.assistant)
    case 'editedAssisted': return t('annotate.origin.edited', { origin: toolText(t, provenance.assistant) })
    case 'consensus': return consensusText(t, provenance)
    case 'editedConsensus': return t('annotate.origin.edited', { origin: consensusText(t, provenance) })
    default: return assertNever(provenance, 'provenance')
  }
}

const modelText = ({ model, modelVersion }: { model: string; modelVersion: string }) => `${model} ${modelVersion}`

function consensusText(t: TFunction, { members, annotators }: Extract<Provenance, { source: 'consensus' | 'editedConsensus' }>): string {
  return t('annotate.origin.consensus', { count: members.length, of: annotators })
}

function toolText(t: TFunction, assistant: Assistant): string {
  const tool = t(`command.tool.${assistant.tool}`)
  return assistant.tool === 'segmentAnything' ? `${tool}: ${assistant.model} ${assistant.modelVersion.slice(0, 8)}` : tool
}
