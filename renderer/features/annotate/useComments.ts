import type { CommentAnchor } from '../../../shared/domain/comment.ts'
import type { CommentId } from '../../../shared/domain/ids.ts'
import { anchorHere } from '../comments/places.ts'
import { useThreads, type Threads } from '../comments/useThreads.ts'
import type { TaskSession } from './session.ts'
import { useSessionState } from './useSessionState.ts'

/** The comments on the open task, and how they are shown. */
export interface Comments {
  threads: Threads
  /** How many threads are not settled. */
  open: number
  shown: boolean
  active: CommentId | undefined
  /** What a comment that is being written will be pinned to. */
  anchor: CommentAnchor | undefined
  toggle: () => void
  choose: (id: CommentId) => void
  begin: () => void
  end: () => void
}

/** A task that came back with comments shows them from the start. */
export function useComments({ id, task, workbench }: TaskSession): Comments {
  const threads = useThreads(task.task.id)
  const [wanted, setWanted] = useSessionState<boolean | undefined>(id, undefined)
  const [active, setActive] = useSessionState<CommentId | undefined>(id, undefined)
  const [anchor, setAnchor] = useSessionState<CommentAnchor | undefined>(id, undefined)
  const open = threads.threads.filter(({ resolved }) => !resolved).length
  const shown = wanted ?? (open > 0 && task.standing === 'returned')
  return {
    threads, open, shown, active, anchor,
    toggle: () => setWanted(!shown),
    choose: (thread) => { setActive(thread); setWanted(true) },
    begin: () => {
      if (workbench === undefined) return
      setAnchor(anchorHere(workbench.editor))
      setWanted(true)
    },
    end: () => setAnchor(undefined),
  }
}
