import { Kbd } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNames } from '../../features/annotate/commandText.ts'
import { usePaletteStore, type PaletteAction } from '../../features/common/palette/paletteStore.ts'
import { matching } from './matching.ts'
import { useTaskActions } from './useTaskActions.ts'
import classes from './CommandPalette.module.css'

const [store, spotlight] = createSpotlight()
/** As many as a person reads; what is below is found by typing more. */
const MOST_SHOWN = 60

/** Finds any command, class and task by its name. */
export function CommandPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  useEffect(() => {
    if (opened) spotlight.open()
    else spotlight.close()
  }, [opened])
  return (
    <Spotlight.Root
      store={store} shortcut={null} onSpotlightClose={onClose} scrollable maxHeight="min(420px, 80dvh)" yOffset="min(80px, 8dvh)" size="min(560px, 94vw)" aria-label={t('palette.title')}
      transitionProps={{ duration: 80 }} overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      {opened && <Choice />}
    </Spotlight.Root>
  )
}

function Choice() {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const sources = usePaletteStore((state) => state.sources)
  const offered = useMemo(() => [...sources.values()].flatMap((list) => list()), [sources])
  const tasks = useTaskActions(query)
  const found = [...matching(offered, query), ...tasks].slice(0, MOST_SHOWN)
  const groups = [...new Set(found.map(({ group }) => group))]
  return (
    <>
      <Spotlight.Search
        value={query} onChange={(event) => setQuery(event.currentTarget.value)} placeholder={t('palette.placeholder')} aria-label={t('palette.title')}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {found.filter((action) => action.group === group).map((action) => <Choosable key={action.id} action={action} />)}
          </Spotlight.ActionsGroup>
        ))}
        {found.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </>
  )
}

function Choosable({ action: { label, hotkey, color, run } }: { action: PaletteAction }) {
  const { t } = useTranslation()
  return (
    <Spotlight.Action className={classes.action} onClick={run}>
      {color !== undefined && <span className={classes.swatch} style={{ background: color }} />}
      <span className={classes.label}>{label}</span>
      {hotkey !== undefined && <span className={classes.keys}>{keyNames(t, hotkey).map((name) => <Kbd key={name}>{name}</Kbd>)}</span>}
    </Spotlight.Action>
  )
}
