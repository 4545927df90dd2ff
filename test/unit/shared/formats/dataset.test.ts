import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClassIdSchema, ProjectIdSchema } from '../../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import type { LabelSchema } from '../../../../shared/domain/labelSchema.ts'
import { labelledShapes, unionOfClasses } from '../../../../shared/formats/datasetClasses.ts'
import { createFileNames } from '../../../../shared/formats/fileNames.ts'
import { aShape } from '../../../builders/records.ts'
import { holds } from '../../../builders/property.ts'

const project = (id: string) => ProjectIdSchema.parse(id)
const classId = (id: string) => ClassIdSchema.parse(id)
function schemaOf(classes: Record<string, string>, kind = 'rectangle'): LabelSchema {
  return LabelSchemaSchema.parse({
    format: 'fieldmark.label-schema/1', name: 'x', classes: Object.entries(classes).map(([id, name]) => ({ id, name, color: '#000000', kinds: [kind] })),
  })
}

describe('the classes of several label schemas', () => {
  it('are those of the leading version in its order, then what other versions add', () => {
    const { classes, categoryOf } = unionOfClasses([{
      projectId: project('p'), schemas: [schemaOf({ car: 'Car', dog: 'Dog' }), schemaOf({ cat: 'Cat', car: 'Automobile' }, 'point')],
    }])
    expect(classes).toEqual([{ id: 'car', name: 'Car', points: true }, { id: 'dog', name: 'Dog', points: false }, { id: 'cat', name: 'Cat', points: true }])
    expect(['car', 'dog', 'cat', 'cow'].map((id) => categoryOf(project('p'), classId(id)))).toEqual([0, 1, 2, undefined])
  })

  it('are never mixed up between projects that use an id for different things', () => {
    const { classes, categoryOf } = unionOfClasses([
      { projectId: project('p'), schemas: [schemaOf({ 1: 'Car', 2: 'Dog' })] }, { projectId: project('q'), schemas: [schemaOf({ 1: 'Tumour', 2: 'Dog' })] },
    ])
    expect(classes.map(({ name }) => name)).toEqual(['Car', 'Dog', 'Tumour'])
    expect([categoryOf(project('p'), classId('1')), categoryOf(project('q'), classId('1')), categoryOf(project('q'), classId('2'))]).toEqual([0, 2, 1])
  })

  it('leave out shapes of a class that nobody knows', () => {
    const { shapes, leftOut } = labelledShapes([aShape(), aShape({ classId: 'ghost' })], (id) => (id === 'person' ? 4 : undefined))
    expect(shapes.map(({ category }) => category)).toEqual([4])
    expect(leftOut).toEqual([{ reason: 'unknownClass', kind: 'rectangle' }])
  })
})

describe('file names', () => {
  const jpeg = (name: string) => ({ name, mediaType: 'image/jpeg' })

  it.each([
    ['street.jpg', 'street.jpg'],
    ['My photo (1).JPEG', 'My photo (1).JPEG'],
    ['a/x.jpg', 'a_x.jpg'],
    ['../../etc/passwd', 'etc_passwd.jpg'],
    ['..\\..\\x.jpg', 'x.jpg'],
    ['C:\\x.jpg', 'C__x.jpg'],
    ['-rf.jpg', 'rf.jpg'],
    ['.hidden', 'hidden.jpg'],
    ['CON.jpg', 'image_CON.jpg'],
    ['nul.tar', 'image_nul.tar.jpg'],
    ['...', 'image.jpg'],
    ['a\u0000b\u202egpj.exe', 'a_b_gpj.exe.jpg'],
    ['trailing . .jpg', 'trailing.jpg'],
    ['Cafe\u0301 日本 😀.png', 'Café 日本 😀.png'],
  ])('%j becomes %j', (name, expected) => {
    expect(createFileNames()(jpeg(name)).fileName).toBe(expected)
  })

  it('number what clashes, also by folder, letter case, extension or Unicode form', () => {
    const fileName = createFileNames()
    const given = ['a/x.jpg', 'b/x.jpg', 'a_x.jpg', 'A_X.jpg', 'a_x.png', 'a_x-2.jpg', 'é.jpg', 'e\u0301.jpg'].map((name) => fileName(jpeg(name)).stem)
    expect(given).toEqual(['a_x', 'b_x', 'a_x-2', 'A_X-3', 'a_x-4', 'a_x-2-2', 'é', 'é-2'])
  })

  it('are unique, short and stay in their folder whatever the names', () => {
    holds('file names', fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('x.jpg', 'X.JPG', '../x', 'con')), { maxLength: 30 }), (names) => {
      const fileName = createFileNames()
      const stems = names.map((name) => fileName(jpeg(name)).stem)
      expect(new Set(stems.map((stem) => stem.toLowerCase())).size).toBe(names.length)
      for (const stem of stems) {
        expect(stem).toMatch(/^[^/\\:\p{C}]+$/u)
        expect(stem).not.toMatch(/^[.\s-]|[.\s]$/)
        expect(Buffer.byteLength(stem)).toBeLessThan(200)
      }
    }))
  })
})
