import { describe, expect, it } from 'vitest'
import { hashOfLabels, readLabels } from '../../../../../electron/engine/remotes/localFolder/labels.ts'
import { A_LABEL_SCHEMA, A_SCHEMA_HASH } from '../../../../builders/records.ts'
import { temporaryFolder } from '../../../../builders/temporaryFolder.ts'
import { put } from './setup.ts'

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) put(folder, name, text)
  return folder
}

describe('the labels of a folder', () => {
  it('are a few general classes when nothing else is said', async () => {
    const { classes } = await readLabels(temporaryFolder())
    expect(classes.map(({ name }) => name)).toEqual(['object', 'person', 'vehicle', 'animal', 'plant'])
    expect(new Set(classes.map(({ color }) => color)).size).toBe(5)
  })

  it('are what labels.json says, before any other file', async () => {
    const labels = await readLabels(folderWith({ 'labels.json': JSON.stringify(A_LABEL_SCHEMA), 'classes.txt': 'cat' }))
    expect(labels).toEqual(A_LABEL_SCHEMA)
    expect(hashOfLabels(labels)).toBe(A_SCHEMA_HASH)
  })

  it.each(['classes.txt', 'labels.txt'])('are the lines of %s, and keep their ids when lines move', async (file) => {
    const { classes } = await readLabels(folderWith({ [file]: '\uFEFFcat\r\n  traffic light \n\nperro ñ\n' }))
    expect(classes.map(({ name, hotkey }) => [name, hotkey])).toEqual([['cat', '1'], ['traffic light', '2'], ['perro ñ', '3']])
    const moved = await readLabels(folderWith({ [file]: 'zebra\ntraffic light\n' }))
    expect(moved.classes[1]?.id).toBe(classes[1]?.id)
  })

  it.each([
    ['labels.json', '{"format": "fieldmark.label-schema/1", "name": "x", "classes": []}', 'labels.json is not a label schema'],
    ['labels.json', 'oops', 'labels.json is not valid JSON'],
    ['classes.txt', ' \n', 'classes.txt names no class'],
    ['classes.txt', 'cat\ncat', 'names the class "cat" twice'],
  ])('are refused in words when %s is %s', async (file, text, message) => {
    await expect(readLabels(folderWith({ [file]: text }))).rejects.toThrow(message)
  })
})
