import { describe, expect, test } from 'vitest'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { demoLabelSchemas } from '../../../orchestrator/seed/labelSchema.ts'

describe.each(Object.entries(demoLabelSchemas))('the label schema %s', (_key, schema) => {
  test('is valid and survives JSON', () => {
    expect(LabelSchemaSchema.parse(JSON.parse(JSON.stringify(schema)))).toEqual(schema)
  })

  test('has no id, colour or hotkey twice', () => {
    for (const values of [
      schema.classes.map((labelClass) => labelClass.id),
      schema.classes.map((labelClass) => labelClass.color),
      schema.classes.flatMap((labelClass) => labelClass.hotkey ?? []),
      schema.imageTags.map((tag) => tag.id),
      ...schema.classes.map((labelClass) => labelClass.attributes.map((attribute) => attribute.id)),
    ]) expect(new Set<string>(values).size).toBe(values.length)
  })

  test('offers rectangles, polygons and points, which the first tools draw', () => {
    const kinds = new Set(schema.classes.flatMap((labelClass) => labelClass.kinds))
    for (const kind of ['rectangle', 'polygon', 'point'] as const) expect(kinds).toContain(kind)
  })
})
