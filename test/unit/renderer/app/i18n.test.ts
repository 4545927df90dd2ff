import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '../../../../renderer/app/i18n/en.json'
import es from '../../../../renderer/app/i18n/es.json'
import { languageFor, startI18n } from '../../../../renderer/app/i18n/i18n.ts'
import { COMMANDS } from '../../../../renderer/editor/commands/commands.ts'
import { EditNameSchema } from '../../../../shared/domain/draft.ts'
import { TASK_COMMANDS } from '../../../../renderer/features/annotate/commands.ts'

const renderer = resolve(import.meta.dirname, '../../../../renderer')

/** Every text by its key, as `queue.columns.name`. */
function textsOf(tree: object, path = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[path + key, value]] : [...textsOf(value as object, `${path}${key}.`)]))
}

/** Languages have more or fewer plural forms. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

const english = textsOf(en)
const spanish = textsOf(es)
const keys = new Set([...english.keys()].map(withoutPlural))

function sources(): string {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  return files.map((file) => readFileSync(join(renderer, file), 'utf8')).join('\n')
}

describe('translations', () => {
  it('have the same keys in both languages', () => {
    expect([...new Set([...spanish.keys()].map(withoutPlural))].sort()).toEqual([...keys].sort())
  })

  it('have the same placeholders in both languages', () => {
    for (const [key, text] of spanish) {
      const original = english.get(key) ?? english.get(`${withoutPlural(key)}_other`)
      expect({ key, placeholders: placeholders(text) }).toEqual({ key, placeholders: placeholders(original ?? '') })
    }
  })

  it('have every plural form that the language asks for', () => {
    for (const [language, texts] of [['en', english], ['es', spanish]] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      const plurals = new Set([...texts.keys()].filter((key) => key.endsWith('_other')).map(withoutPlural))
      for (const key of plurals) for (const form of forms) expect(texts.has(`${key}_${form}`), `${language}: ${key}_${form}`).toBe(true)
    }
  })

  it('exist for every key that the window uses', () => {
    const used = [...sources().matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '')
    expect(used.length).toBeGreaterThan(100)
    expect(used.filter((key) => !keys.has(key))).toEqual([])
  })

  it('exist for every key that the editor and its commands name', () => {
    const named = [...COMMANDS.map((command) => command.labelKey), ...Object.values(TASK_COMMANDS).map(({ labelKey }) => labelKey), 'command.pickClass', 'command.toggleTag']
    const told = [...sources().matchAll(/'(editor\.message\.\w+)'/g)].map((match) => match[1] ?? '')
    const edits = EditNameSchema.options.map((name) => `editName.${name}`)
    expect([...named, ...told, ...edits].filter((key) => !keys.has(key))).toEqual([])
  })

  it('are all used', () => {
    const code = sources()
    // A key is used in full, or as the beginning of a template that ends with one of its last parts.
    const isUsed = (key: string) => {
      const parts = key.split('.')
      return code.includes(`'${key}'`) || parts.some((_, count) => count > 0 && code.includes(`\`${parts.slice(0, count).join('.')}.\${`))
    }
    expect([...keys].filter((key) => !isUsed(key))).toEqual([])
  })
})

describe('languageFor', () => {
  it('follows the choice, else the system, else English', () => {
    expect(languageFor('es', ['en-GB'])).toBe('es')
    expect(languageFor('system', ['fr-FR', 'es-MX', 'en'])).toBe('es')
    expect(languageFor('system', ['fr-FR'])).toBe('en')
  })

  it('starts with all texts at hand', () => {
    expect(startI18n('es').t('app.views.queue')).toBe('Cola')
  })
})
