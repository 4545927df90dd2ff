import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { Sampling } from '../../../shared/domain/sampling.ts'

const KINDS = ['all', 'everyNth', 'random', 'byRecord'] as const
const SEED = 1

/** Chooses which of the waiting results are looked at. */
export function SamplingPicker({ sampling, onChange }: { sampling: Sampling; onChange: (sampling: Sampling) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        aria-label={t('review.sampling')} w={190} value={sampling.kind} data={KINDS.map((kind) => ({ value: kind, label: t(`review.samplingIs.${kind}`) }))}
        onChange={(kind) => kind !== null && onChange(ruleOf(kind))}
      />
      {sampling.kind === 'everyNth' && <RuleNumber label={t('review.nth')} value={sampling.n} min={2} max={1000} onChange={(n) => onChange({ ...sampling, n })} />}
      {sampling.kind === 'random' && <RuleNumber label={t('review.percent')} value={sampling.percent} min={1} max={100} onChange={(percent) => onChange({ ...sampling, percent })} />}
      {(sampling.kind === 'random' || sampling.kind === 'byRecord') && <RuleNumber label={t('review.seed')} value={sampling.seed} min={0} max={999_999} onChange={(seed) => onChange({ ...sampling, seed })} />}
    </>
  )
}

function ruleOf(kind: Sampling['kind']): Sampling {
  switch (kind) {
    case 'all': return { kind }
    case 'everyNth': return { kind, n: 10 }
    case 'random': return { kind, percent: 20, seed: SEED }
    case 'byRecord': return { kind, seed: SEED }
    default: return assertNever(kind, 'sampling rule')
  }
}

function RuleNumber({ label, value, min, max, onChange }: { label: string; value: number; min: number; max: number; onChange: (value: number) => void }) {
  return (
    <NumberInput
      aria-label={label} title={label} w={84} value={value} min={min} max={max} allowDecimal={false}
      onChange={(next) => { if (typeof next === 'number' && next >= min && next <= max) onChange(next) }}
    />
  )
}
