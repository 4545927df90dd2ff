import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TokenKeeper } from './useTokenKeeping.ts'

/** How the access token is kept, and the way to choose anew where nothing protects it. */
export function TokenFact({ keeper: { keeping, ask } }: { keeper: TokenKeeper }) {
  const { t } = useTranslation()
  if (keeping === undefined) return t('diagnostics.unknown')
  if (!keeping.concerned) return t('token.kept.notConcerned')
  if (keeping.isProtected) return t('token.kept.keyring')
  return (
    <>
      {t(`token.kept.${keeping.choice ?? 'session'}`)}{' '}
      <Button size="compact-xs" variant="default" onClick={ask}>{t('token.change')}</Button>
    </>
  )
}
