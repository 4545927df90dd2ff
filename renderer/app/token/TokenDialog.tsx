import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TokenChoiceSchema, type TokenChoice } from '../../../shared/rpc/preload.ts'
import type { TokenKeeper } from './useTokenKeeping.ts'

/** Where nothing protects secrets, the person says how the access token is kept. */
export function TokenDialog({ keeper }: { keeper: TokenKeeper }) {
  const { t } = useTranslation()
  return (
    <Modal opened={keeper.asking} onClose={keeper.putOff} title={t('token.title')} size={480} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {keeper.asking && <TokenForm keeper={keeper} />}
    </Modal>
  )
}

function TokenForm({ keeper: { keeping, choose } }: { keeper: TokenKeeper }) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<TokenChoice>(keeping?.choice ?? 'session')
  const [failed, setFailed] = useState(false)
  return (
    <Stack gap="md">
      <Text size="sm">{t('token.text', { keyring: keeping?.keyring ?? '' })}</Text>
      <Radio.Group aria-label={t('token.title')} value={choice} onChange={(value) => setChoice(TokenChoiceSchema.parse(value))}>
        <Stack gap="xs">
          {TokenChoiceSchema.options.map((option) => (
            <Radio key={option} value={option} label={t(`token.choice.${option}`)} description={t(`token.choiceText.${option}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {failed && <Text size="xs" c="var(--fm-bad)" role="alert">{t('token.failed')}</Text>}
      <Group><Button onClick={() => { choose(choice).catch(() => setFailed(true)) }}>{t('token.confirm')}</Button></Group>
    </Stack>
  )
}
