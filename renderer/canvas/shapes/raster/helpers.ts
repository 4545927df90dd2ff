import type { Forget, FromHelper, PictureRequest, RasterPicture, SceneChange, ToHelper } from './messages.ts'
import type { Share } from './shares.ts'

/** The threads among which pictures are divided, the one that asks included: one is left to the window, but two are always worth it. */
const THREADS = Math.min(4, Math.max(2, navigator.hardwareConcurrency - 1))

/** The threads that draw for this one. They know the same scene, and each draws its own bands of every picture. */
export interface Helpers {
  /** The share that is left for the thread that asks. */
  readonly ownShare: Share
  tell(change: SceneChange | Forget): void
  ask(request: PictureRequest): void
  /** What the helpers have drawn of a part of the picture that was asked for last; undefined as soon as another one is asked for. */
  drawn(number: number, part: RasterPicture['part']): Promise<readonly Drawn[] | undefined>
}
interface Drawn { readonly share: Share; readonly taken: Int32Array<ArrayBuffer> }

export function startHelpers(): Helpers {
  const shares = Array.from({ length: THREADS }, (_, index): Share => ({ index, count: THREADS }))
  const [ownShare = { index: 0, count: 1 }, ...others] = shares
  const threads = others.map((share) => startHelper(share))
  return {
    ownShare,
    tell(change) { for (const thread of threads) thread.post(change) },
    ask(request) { for (const thread of threads) thread.ask(request) },
    async drawn(number, part) {
      const drawn = await Promise.all(threads.map(async (thread) => ({ share: thread.share, taken: await thread.taken(number, part) })))
      return drawn.every((each): each is Drawn => each.taken !== undefined) ? drawn : undefined
    },
  }
}

function startHelper(share: Share) {
  const worker = new Worker(new URL('./rasterHelper.ts', import.meta.url), { type: 'module' })
  const post = (message: ToHelper) => { worker.postMessage(message) }
  let asked = 0
  let arrived = new Map<RasterPicture['part'], Int32Array<ArrayBuffer>>()
  let awaited = new Map<RasterPicture['part'], (taken: Int32Array<ArrayBuffer> | undefined) => void>()
  worker.addEventListener('message', ({ data: { number, part, taken } }: MessageEvent<FromHelper>) => {
    if (number !== asked) return
    arrived.set(part, taken)
    awaited.get(part)?.(taken)
  })
  // The window does without the whole rasteriser when a part of it fails.
  worker.addEventListener('error', ({ message }) => { reportError(new Error(message)) })
  post({ type: 'share', share })
  return {
    share, post,
    ask(request: PictureRequest) {
      for (const giveUp of awaited.values()) giveUp(undefined)
      asked = request.number
      arrived = new Map()
      awaited = new Map()
      post({ type: 'picture', request })
    },
    taken(number: number, part: RasterPicture['part']): Promise<Int32Array<ArrayBuffer> | undefined> {
      if (number !== asked) return Promise.resolve(undefined)
      const known = arrived.get(part)
      return known === undefined ? new Promise((resolve) => { awaited.set(part, resolve) }) : Promise.resolve(known)
    },
  }
}
