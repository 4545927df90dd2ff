import { useEffect, useRef, useState } from 'react'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { TimelineRef, TimelineStep } from '../../../shared/rpc/timeline.ts'

const PAGE = 500

/** The steps of a journal, fetched page by page as they come into sight; what is there does not change any more. */
export function useSteps({ taskId, source }: TimelineRef, first: number, last: number): (index: number) => TimelineStep | undefined {
  const engine = useEngine()
  const [pages, setPages] = useState<ReadonlyMap<number, readonly TimelineStep[]>>(new Map())
  const asked = useRef(new Set<number>())
  const [from, to] = [Math.floor(first / PAGE), Math.floor(last / PAGE)]
  useEffect(() => {
    for (let page = from; page <= to; page++) {
      if (asked.current.has(page)) continue
      asked.current.add(page)
      engine.request('timeline.steps', { taskId, source, offset: page * PAGE, limit: PAGE }).then(
        (steps) => setPages((before) => new Map(before).set(page, steps)),
        // The slider says what is wrong; a look at this part of the list asks again.
        () => asked.current.delete(page),
      )
    }
  }, [engine, taskId, source, from, to])
  return (index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE]
}
