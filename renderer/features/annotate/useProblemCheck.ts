import { useEffect } from 'react'
import type { Editor } from '../../editor/store/editor.ts'

/** Shapes that are looked at in one go: a few milliseconds' work. */
const AT_ONCE = 500

/** Checks the shapes that an opened task brings while the window has nothing else to do. */
export function useProblemCheck(editor: Editor): void {
  useEffect(() => {
    let idle = 0
    const check = () => {
      if (!editor.checkMore(AT_ONCE)) idle = requestIdleCallback(check)
    }
    idle = requestIdleCallback(check)
    return () => cancelIdleCallback(idle)
  }, [editor])
}
