import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { PaletteAction } from '../../features/common/palette/paletteStore.ts'
import type { TaskRow } from '../../../shared/rpc/taskRows.ts'
import { useViewStore } from '../viewStore.ts'

const SETTLED_MS = 120
const MOST_FOUND = 8

/** Tasks whose image, id or tags have the text; none for an empty one. */
export function useTaskActions(query: string): PaletteAction[] {
  const { t } = useTranslation()
  const engine = useEngine()
  const [text] = useDebouncedValue(query.trim(), SETTLED_MS)
  const [found, setFound] = useState<{ text: string; rows: TaskRow[] }>({ text: '', rows: [] })
  useEffect(() => {
    if (text === '') return undefined
    let wanted = true
    engine.request('tasks.query', { query: { filter: { text } }, limit: MOST_FOUND }).then(
      ({ rows }) => { if (wanted) setFound({ text, rows }) },
      // The commands are there all the same; the queue says what is wrong with the engine.
      () => { if (wanted) setFound({ text, rows: [] }) },
    )
    return () => { wanted = false }
  }, [engine, text])
  if (text === '' || query.trim() === '') return []
  return found.rows.map((row) => ({
    id: `task.${row.id}`, label: row.name, group: t('palette.tasks'), run: () => useViewStore.getState().annotate(row.id),
  }))
}
