import { useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { linkViews } from '../../editor/actions/linkViews.ts'
import { selectShapes } from '../../editor/actions/shapeActions.ts'
import { zoomToShapes } from '../../editor/actions/viewActions.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { differenceEntries, type DifferenceEntry } from '../../../shared/rpc/differenceEntries.ts'
import { filterOf, FILTERS, type Compared, type Filter, type Mode, type Titled } from './compared.ts'
import { CompareBar } from './CompareBar.tsx'
import { compareEditors } from './compareEditors.ts'
import { CompareLegend } from './CompareLegend.tsx'
import { CompareStage } from './CompareStage.tsx'
import { DifferenceList, type DifferenceWords } from './DifferenceList.tsx'
import { picturesOf } from './pictures.ts'
import classes from './Compare.module.css'

export interface CompareViewProps {
  /** Looked at once: give the view another key when something else is compared. */
  compared: Compared
  from: Titled
  to: Titled
  /** Of the image. */
  name: string
  image: ImageSource | undefined
  /** What the two have to do with each other. */
  note?: string | undefined
  words?: DifferenceWords
  /** What can be done about it, below the list. */
  children?: ReactNode
}

/** Two contents of one image: over each other, uncovered by a divider or side by side, with one camera, and a list of what differs. */
export function CompareView({ compared, from, to, name, image, note, words, children }: CompareViewProps) {
  const [{ entries, pictures, editors }] = useState(() => {
    const found = differenceEntries(compared)
    const made = picturesOf(compared, found)
    return { entries: found, pictures: made, editors: compareEditors(made, image) }
  })
  const [mode, setMode] = useState<Mode>('overlay')
  const [filters, setFilters] = useState<readonly Filter[]>(FILTERS)
  const [current, setCurrent] = useState<string>()
  const shown = useMemo(() => entries.filter(({ kinds }) => kinds.some((kind) => filters.includes(filterOf(kind)))), [entries, filters])
  useEffect(() => linkViews(editors.all), [editors])

  const show = (entry: DifferenceEntry) => {
    setCurrent(entry.key)
    const ids = pictures.idsOf(entry)
    for (const editor of editors.all) selectShapes(editor, ids.filter((id) => editor.state.getState().records.has(id)))
    zoomToShapes(editors.both, ids)
  }
  const step = (by: 1 | -1) => {
    const at = shown.findIndex(({ key }) => key === current)
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length]
    if (next !== undefined) show(next)
  }
  const { t } = useTranslation()
  const root = useKeys(step)
  return (
    <div className={classes.comparison} ref={root} tabIndex={-1} role="group" aria-label={t('compare.title')}>
      <div className={classes.stage}>
        <CompareBar mode={mode} onMode={setMode} count={shown.length} at={shown.findIndex(({ key }) => key === current)} onStep={step} />
        <CompareStage mode={mode} editors={editors} image={image} name={name} from={from.title} to={to.title} />
      </div>
      <aside className={classes.side}>
        <CompareLegend name={name} note={note} from={from} to={to} same={pictures.same} />
        <DifferenceList
          entries={entries} shown={shown} filters={filters} onFilters={setFilters} current={current} onShow={show}
          outcomes={[compared.from.content.outcome, compared.to.content.outcome]} {...(words && { words })}
        />
        {children}
      </aside>
    </div>
  )
}

/** N and Shift+N go from difference to difference while the keyboard is anywhere in the comparison, which takes it at first. */
function useKeys(step: (by: 1 | -1) => void) {
  const root = useRef<HTMLDivElement>(null)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isText = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type === 'text' && !event.target.readOnly)
    if (event.key.toLowerCase() !== 'n' || event.ctrlKey || event.metaKey || event.altKey || isText || event.defaultPrevented) return
    event.preventDefault()
    step(event.shiftKey ? -1 : 1)
  })
  useEffect(() => {
    const element = root.current
    if (element === null) return undefined
    const listen = (event: KeyboardEvent) => { onKey(event) }
    element.addEventListener('keydown', listen)
    element.focus({ preventScroll: true })
    return () => { element.removeEventListener('keydown', listen) }
  }, [])
  return root
}
