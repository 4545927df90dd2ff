import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { Settings } from '../../../shared/rpc/workspace.ts'
import { languageFor } from '../i18n/i18n.ts'

/** Gives the window the language and the colours that the settings of the workspace ask for. */
export function useAppliedSettings(): void {
  const { data } = useEngineData('settings.get', {})
  const apply = useApplySettings()
  useEffect(() => {
    if (data) apply(data)
  }, [data, apply])
}

/** How settings take effect at once. */
export function useApplySettings(): (settings: Settings) => void {
  const { i18n } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  return ({ language, colorScheme }) => {
    const shown = languageFor(language, navigator.languages)
    document.documentElement.lang = shown
    if (i18n.language !== shown) void i18n.changeLanguage(shown)
    setColorScheme(colorScheme === 'system' ? 'auto' : colorScheme)
  }
}
