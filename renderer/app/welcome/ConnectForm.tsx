import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectRequestSchema } from '../../../shared/rpc/preload.ts'
import type { OpenWorkspace } from '../useSession.ts'

/** Address and token of an orchestrator; the address may be known from the last time. */
export function ConnectForm({ onOpen, knownUrl = '' }: { onOpen: OpenWorkspace; knownUrl?: string }) {
  const { t } = useTranslation()
  const [url, setUrl] = useState(knownUrl)
  const [token, setToken] = useState('')
  const [tried, setTried] = useState(false)
  const [phase, setPhase] = useState<'idle' | 'opening' | 'failed'>('idle')
  const request = ConnectRequestSchema.safeParse({ url: url.trim(), token: token.trim() })
  const wrong = (field: string) => tried && !request.success && request.error.issues.some((issue) => issue.path[0] === field)

  const submit = () => {
    setTried(true)
    if (!request.success) return
    setPhase('opening')
    onOpen({ kind: 'orchestrator', request: request.data }).then(() => setPhase('idle'), () => setPhase('failed'))
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('welcome.url')} placeholder="https://" value={url} error={wrong('url') && t('welcome.urlInvalid')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('welcome.token')} value={token} error={wrong('token') && t('welcome.tokenMissing')}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        {phase === 'failed' && <Text size="xs" c="var(--fm-bad)" role="alert">{t('welcome.notOpened')}</Text>}
        <Button type="submit" loading={phase === 'opening'} mt={4} style={{ alignSelf: 'flex-start' }}>{t('welcome.connect')}</Button>
      </Stack>
    </form>
  )
}
