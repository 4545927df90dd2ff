import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { SchemaHashSchema, type SchemaHash } from '../../../../shared/domain/ids.ts'
import { LABEL_SCHEMA_FORMAT, LabelSchemaSchema, SHAPE_KINDS, type LabelSchema } from '../../../../shared/domain/labelSchema.ts'

/** Files that say what may be labelled, in the folder itself; the first one that is there counts. */
export const LABEL_FILES = ['labels.json', 'classes.txt', 'labels.txt'] as const

const DEFAULT_CLASSES = ['object', 'person', 'vehicle', 'animal', 'plant']
/** Degrees of hue from one class to the next: the golden angle, so that neighbours differ well. */
const HUE_STEP = 137.508

/** A label file cannot be used; `message` is for the person who wrote it. */
export class LabelFileError extends Error {
  override readonly name = 'LabelFileError'
}

/**
 * The label schema of a folder: `labels.json` in Fieldmark's own format, or one class per line in `classes.txt` or `labels.txt`, else a few
 * general classes. @throws LabelFileError.
 */
export async function readLabels(folder: string): Promise<LabelSchema> {
  for (const name of LABEL_FILES) {
    const text = await readText(join(folder, name))
    if (text === undefined) continue
    return name.endsWith('.json') ? parseSchema(name, text) : schemaOfClasses(name, text)
  }
  return schemaOf('Objects', DEFAULT_CLASSES)
}

/** The version of a label schema: the SHA-256 of its canonical JSON. */
export function hashOfLabels(schema: LabelSchema): SchemaHash {
  return SchemaHashSchema.parse(createHash('sha256').update(canonicalJson(schema)).digest('hex'))
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new LabelFileError(`${path} cannot be read`, { cause: error })
  }
}

function parseSchema(name: string, text: string): LabelSchema {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new LabelFileError(`${name} is not valid JSON: ${String(error)}`, { cause: error })
  }
  const schema = LabelSchemaSchema.safeParse(value)
  if (schema.success) return schema.data
  throw new LabelFileError(`${name} is not a label schema:\n${z.prettifyError(schema.error)}`)
}

function schemaOfClasses(file: string, text: string): LabelSchema {
  const names = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  if (names.length === 0) throw new LabelFileError(`${file} names no class; write one per line`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new LabelFileError(`${file} names the class "${twice}" twice`)
  return schemaOf(file, names)
}

function schemaOf(name: string, classNames: readonly string[]): LabelSchema {
  const classes = classNames.map((className, index) => ({
    id: classIdOf(className),
    name: className,
    color: colorOf(index),
    hotkey: index < 9 ? String(index + 1) : undefined,
    kinds: SHAPE_KINDS.filter((kind) => kind !== 'skeleton'),
  }))
  const schema = LabelSchemaSchema.safeParse({ format: LABEL_SCHEMA_FORMAT, name, classes })
  if (schema.success) return schema.data
  throw new LabelFileError(`${name} cannot be used:\n${z.prettifyError(schema.error)}`)
}

/** Made of the name alone, so that a class keeps its id when lines are added or moved. */
function classIdOf(name: string): string {
  return `class-${createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 12)}`
}

function colorOf(index: number): string {
  const hue = (index * HUE_STEP) % 360
  const channel = (offset: number) => {
    const part = (offset + hue / 30) % 12
    return Math.round(255 * (0.55 - 0.4 * Math.max(-1, Math.min(part - 3, 9 - part, 1)))).toString(16).padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
