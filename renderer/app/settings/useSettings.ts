import { useMantineColorScheme } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData, type EngineData } from '../../bridge/useEngineData.ts'
import type { Settings } from '../../../shared/rpc/workspace.ts'
import { languageFor } from '../i18n/i18n.ts'

export interface SettingsInUse extends Pick<EngineData<Settings>, 'error' | 'reload'> {
  settings: Settings | undefined
  /** Answers after the engine has kept the change. */
  save: (change: Partial<Settings>) => Promise<void>
}

/** The settings of the workspace; the window takes the language and the colours that they ask for. */
export function useSettings(): SettingsInUse {
  const engine = useEngine()
  const stored = useEngineData('settings.get', {})
  const [saved, setSaved] = useState<Settings>()
  const settings = saved ?? stored.data
  useAppliedLanguage(settings?.language)
  useAppliedColorScheme(settings?.colorScheme)
  const save = async (change: Partial<Settings>) => setSaved(await engine.request('settings.set', change))
  return { settings, error: stored.error, reload: stored.reload, save }
}

function useAppliedLanguage(choice: Settings['language'] | undefined): void {
  const { i18n } = useTranslation()
  useEffect(() => {
    if (choice === undefined) return
    const language = languageFor(choice, navigator.languages)
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [i18n, choice])
}

function useAppliedColorScheme(choice: Settings['colorScheme'] | undefined): void {
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    if (choice !== undefined) setColorScheme(choice === 'system' ? 'auto' : choice)
  }, [setColorScheme, choice])
}
