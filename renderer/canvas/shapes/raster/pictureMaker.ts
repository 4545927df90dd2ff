import type { PictureRequest, RasterPicture, SceneChange } from './messages.ts'

/** A part of a picture, as a maker hands it over. */
export type PicturePart = Omit<RasterPicture, 'number'>

/** A way to make pictures of a scene. */
export interface PictureMaker {
  follow(change: SceneChange): void
  forget(): void
  /** Makes a picture and hands over each part as soon as it is there; it is given up when it is not wanted any longer. */
  draw(request: PictureRequest, isWanted: () => boolean, onPart: (part: PicturePart) => void): Promise<void>
}

/** A way that only some machines have, that can fail, and that has no room for every scene. */
export interface FastMaker extends PictureMaker {
  hasRoomFor(change: SceneChange): boolean
  /** The changes that lead an empty scene to the one that it knows. */
  retell(): readonly SceneChange[]
}

/**
 * Makes pictures the fast way while there is one and the shapes have room there, else the sure way. When the fast way fails it is given up for good, and the
 * picture that was asked for is made the other way.
 */
export function chooseMaker(fast: FastMaker | undefined, startSure: () => PictureMaker): PictureMaker {
  let usable = fast
  let started: PictureMaker | undefined
  const sure = () => (started ??= startSure())
  /** Who knows the scene. */
  let chosen = usable ?? sure()
  const moveTo = (next: PictureMaker, changes: readonly SceneChange[]) => {
    chosen.forget()
    for (const change of changes) next.follow(change)
    chosen = next
  }
  return {
    follow(change) {
      if (usable !== undefined && change.type === 'load') {
        const next = usable.hasRoomFor(change) ? usable : sure()
        if (next !== chosen) moveTo(next, [])
      } else if (usable !== undefined && chosen === usable && !usable.hasRoomFor(change)) moveTo(sure(), usable.retell())
      chosen.follow(change)
    },
    forget() { chosen.forget() },
    async draw(request, isWanted, onPart) {
      if (usable === undefined || chosen !== usable) return chosen.draw(request, isWanted, onPart)
      try {
        await usable.draw(request, isWanted, onPart)
      } catch (error) {
        console.error('Pictures are made without the graphics processor from now on', error)
        moveTo(sure(), usable.retell())
        usable = undefined
        await chosen.draw(request, isWanted, onPart)
      }
    },
  }
}
