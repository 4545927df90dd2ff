import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '../../../shared/rpc/workspace.ts'
import en from './en.json'
import es from './es.json'

export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language to show for a choice: the system's where it is one of ours, else English. */
export function languageFor(choice: Settings['language'], systemLanguages: readonly string[]): Language {
  if (choice !== 'system') return choice
  for (const tag of systemLanguages) {
    const known = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (known) return known
  }
  return 'en'
}

export function startI18n(language: Language): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, es: { translation: es } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return instance
}
