import { Button, Stack, Table, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
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

function Overall({ figures: { overall, classAlpha, tagAlpha }, people }: { figures: AgreementFigures; people: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const decimal = useTwoDigits()
  return (
    <dl className={classes.facts} aria-label={t('agreement.overall')}>
      <dt>{t('agreement.people')}</dt><dd>{format.number(people)}</dd>
      <dt>{t('agreement.f1')}</dt><dd>{format.percent(overall.at50.f1)}</dd>
      <dt>{t('agreement.f1at75')}</dt><dd>{format.percent(overall.at75.f1)}</dd>
      <dt>{t('agreement.similarity')}</dt><dd>{overall.at50.meanSimilarity === undefined ? '–' : format.percent(overall.at50.meanSimilarity)}</dd>
      <dt>{t('agreement.classAlpha')}</dt><dd>{decimal(classAlpha)}</dd>
      <dt>{t('agreement.tagAlpha')}</dt><dd>{decimal(tagAlpha)}</dd>
    </dl>
  )
}

function Pairs({ figures: { pairs } }: { figures: AgreementFigures }) {
  const { t } = useTranslation()
  const format = useFormat()
  const decimal = useTwoDigits()
  return (
    <Table aria-label={t('agreement.pairs')} fz="xs" verticalSpacing={3} horizontalSpacing={6}>
      <Table.Thead><Table.Tr><Table.Th>{t('agreement.pair')}</Table.Th><Table.Th ta="right">F1</Table.Th><Table.Th ta="right">IoU</Table.Th><Table.Th ta="right">{t('agreement.kappa')}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>
        {pairs.map(({ left, right, at50, classKappa }) => (
          <Table.Tr key={`${left} ${right}`}>
            <Table.Td>{left} – {right}</Table.Td>
            <Table.Td ta="right">{format.percent(at50.f1)}</Table.Td>
            <Table.Td ta="right">{at50.meanSimilarity === undefined ? '–' : format.percent(at50.meanSimilarity)}</Table.Td>
            <Table.Td ta="right">{decimal(classKappa)}</Table.Td>
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
function useTwoDigits(): (value: number | undefined) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return (value) => (value === undefined ? '–' : format.format(value))
}
