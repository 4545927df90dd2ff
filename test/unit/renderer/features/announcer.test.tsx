import { act, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Announcer } from '../../../../renderer/features/annotate/Announcer.tsx'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { A_LABEL_SCHEMA, aShape } from '../../../builders/records.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { workEngine } from '../../../builders/workplace.tsx'
import { EditorDriver } from '../editor/editorDriver.ts'

const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent)

it('a screen reader hears what is selected, how many shapes have problems, and which the selected one has', () => {
  const schema = LabelSchemaSchema.parse({ ...A_LABEL_SCHEMA, classes: A_LABEL_SCHEMA.classes.map((labelClass) => ({ ...labelClass, minSize: 8 })) })
  const car = (id: string, x: number, width: number) => aShape({ id, classId: 'car', attributes: { view: 'side' }, geometry: { kind: 'rectangle', x, y: 100, width, height: 100 } })
  const driver = new EditorDriver({ schema, records: [car('sound', 100, 100), car('narrow', 400, 4)] })
  const engine = workEngine({})
  renderFeature(<Announcer editor={driver.editor} />, engine)
  expect(said()).toEqual(['Nothing selected', '', ''])
  act(() => { driver.tool('select').click(150, 150) })
  expect(said()).toEqual(['1 object selected: Car', '', ''])
  act(() => { driver.editor.checkMore(10) })
  expect(said()).toEqual(['1 object selected: Car', '1 problem', ''])
  act(() => { driver.run('objects.nextProblem') })
  expect(said()).toEqual(['1 object selected: Car', '1 problem', 'smaller than Car may be'])
  act(() => { driver.run('edit.selectAll') })
  expect(said()[0]).toBe('2 objects selected')
  engine.close()
})
