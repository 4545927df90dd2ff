import { Button, Stack, Table, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { AgreementFigures, LoneShape } from '../../../shared/rpc/quality.ts'
import { FailedMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import view from '../common/View.module.css'
import classes from './Agreement.module.css'

interface AgreementPanelProps {
  taskId: TaskId
  /** The names of classes by their ids. */
  classNames: ReadonlyMap<string, string>
  /** Leads to a shape that nobody else drew. */
  onShow: (shape: LoneShape) => void
  /** Makes the consensus the draft. */
  onPropose: () => void
  busy: boolean
}

/** How far several people agree who labelled the same image, and what they say together. */
export function AgreementPanel({ taskId, classNames, onShow, onPropose, busy }: AgreementPanelProps) {
  const { t } = useTranslation()
  const { data, error, reload } = useEngineData('quality.agreement', { taskId }, ['tasks.changed'])
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : <Text p="md" size="sm" c="dimmed">{t('agreement.comparing')}</Text>
  if (data.figures === undefined) return <Text p="md" size="sm" c="dimmed">{t('agreement.alone')}</Text>
  return (
    <div className={view.panel}>
      <Stack gap="md" p="md">
        <Overall figures={data.figures} people={data.results.length} />
        <Pairs figures={data.figures} />
        <LoneShapes shapes={data.figures.alone} classNames={classNames} onShow={onShow} />
      </Stack>
      <div className={classes.foot}>
        <Button fullWidth loading={busy} leftSection={<IconUsersGroup size={15} aria-hidden />} onClick={onPropose}>{t('agreement.propose')}</Button>
        <Text size="xs" c="dimmed" mt={6}>{t('agreement.proposeText')}</Text>
      </div>
    </div>
  )
}

/** The figures that a reader may want explained. */
const EXPLAINED = ['f1', 'similarity', 'boundary', 'classKappa', 'classAlpha', 'tagKappa', 'tagAlpha'] as const

function Overall({ figures: { overall, classAlpha, classKappa, tagAlpha, tagKappa }, people }: { figures: AgreementFigures; people: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const decimal = useTwoDigits()
  const percent = (share: number | undefined) => (share === undefined ? undefined : format.percent(share))
  const values: Record<(typeof EXPLAINED)[number], string | undefined> = {
    f1: format.percent(overall.at50.f1), similarity: percent(overall.at50.meanSimilarity), boundary: percent(overall.boundary?.meanF),
    classKappa: decimal(classKappa), classAlpha: decimal(classAlpha), tagKappa: decimal(tagKappa), tagAlpha: decimal(tagAlpha),
  }
  const fact = (name: (typeof EXPLAINED)[number]) => <Fact key={name} name={t(`agreement.${name}`)} explanation={t(`agreement.explained.${name}`)} value={values[name]} />
  const [first, ...others] = EXPLAINED
  return (
    <div>
      <dl className={classes.facts} aria-label={t('agreement.overall')}>
        <dt>{t('agreement.people')}</dt><dd>{format.number(people)}</dd>
        {fact(first)}
        <dt title={t('agreement.explained.f1')}>{t('agreement.f1at75')}</dt><dd>{format.percent(overall.at75.f1)}</dd>
        {others.map(fact)}
      </dl>
      <details className={classes.explained}>
        <summary>{t('agreement.explain')}</summary>
        <dl>{EXPLAINED.map((name) => <Fragment key={name}><dt>{t(`agreement.${name}`)}</dt><dd>{t(`agreement.explained.${name}`)}</dd></Fragment>)}</dl>
      </details>
    </div>
  )
}

/** One without a value has nothing that it could be measured by. */
function Fact({ name, explanation, value }: { name: string; explanation: string; value: string | undefined }) {
  const { t } = useTranslation()
  return <><dt title={explanation}>{name}</dt><dd>{value ?? <span className={classes.none}>{t('agreement.notApplicable')}</span>}</dd></>
}

function Pairs({ figures: { pairs } }: { figures: AgreementFigures }) {
  const { t } = useTranslation()
  const format = useFormat()
  const decimal = useTwoDigits()
  const none = <span title={t('agreement.notApplicable')} aria-label={t('agreement.notApplicable')} role="img">–</span>
  return (
    <Table aria-label={t('agreement.pairs')} fz="xs" verticalSpacing={3} horizontalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('agreement.pair')}</Table.Th>
          {(['f1', 'similarity', 'boundary', 'cohen'] as const).map((name) => <Table.Th key={name} ta="right" title={t(`agreement.explained.${name}`)}>{t(`agreement.short.${name}`)}</Table.Th>)}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {pairs.map(({ left, right, at50, boundary, classKappa }) => (
          <Table.Tr key={`${left} ${right}`}>
            <Table.Td>{left} – {right}</Table.Td>
            <Table.Td ta="right">{format.percent(at50.f1)}</Table.Td>
            {[at50.meanSimilarity, boundary?.meanF].map((share, place) => <Table.Td key={place} ta="right">{share === undefined ? none : format.percent(share)}</Table.Td>)}
            <Table.Td ta="right">{decimal(classKappa) ?? none}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function LoneShapes({ shapes, classNames, onShow }: { shapes: readonly LoneShape[]; classNames: ReadonlyMap<string, string>; onShow: (shape: LoneShape) => void }) {
  const { t } = useTranslation()
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed">{t('agreement.lone', { count: shapes.length })}</Text>
      <ul className={classes.lone} aria-label={t('agreement.loneLabel')}>
        {shapes.slice(0, 200).map((shape) => (
          <li key={`${shape.revisionId} ${shape.shapeId}`}>
            <button type="button" className={classes.shape} onClick={() => onShow(shape)}>{t('agreement.loneShape', { className: classNames.get(shape.classId) ?? shape.classId, annotator: shape.annotator })}</button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Kappas and alphas run from -1 to 1; there is none where chance explains all. */
function useTwoDigits(): (value: number | undefined) => string | undefined {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return (value) => (value === undefined ? undefined : format.format(value))
}
