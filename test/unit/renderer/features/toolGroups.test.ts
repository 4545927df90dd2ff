import { expect, it } from 'vitest'
import { TOOL_IDS } from '../../../../renderer/editor/store/state.ts'
import { shownGroups, TOOL_GROUPS } from '../../../../renderer/features/annotate/toolGroups.ts'
import type { ShapeKind } from '../../../../shared/domain/labelSchema.ts'
import { A_LABEL_SCHEMA } from '../../../builders/records.ts'

const schemaOf = (...kinds: ShapeKind[]) => ({ classes: A_LABEL_SCHEMA.classes.slice(0, 1).map((labelClass) => ({ ...labelClass, kinds })) })

it('has every tool in one group', () => {
  expect(TOOL_GROUPS.flatMap(({ items }) => [...items]).filter((item) => item !== 'magnetic').toSorted()).toEqual(TOOL_IDS.toSorted())
})

it('leaves out tools and groups that the schema has no use for', () => {
  expect(shownGroups(schemaOf('rectangle')).map(({ name, items }) => [name, items])).toEqual([['select', ['select']], ['boxes', ['rectangle']], ['measure', ['ruler']]])
  expect(shownGroups(schemaOf('mask')).map(({ name }) => name)).toEqual(['select', 'masks', 'assisted', 'measure'])
})
