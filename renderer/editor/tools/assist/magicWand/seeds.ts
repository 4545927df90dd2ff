import type { WandSeed } from '../../../../../shared/domain/assist.ts'
import { boxAround, boxCorners, type Box } from '../../../../../shared/geometry/box.ts'
import { visibleBox } from '../../../../../shared/geometry/camera.ts'
import { clampPoint } from '../../../../../shared/geometry/transform.ts'
import type { PointerDown } from '../../../input/inputEvent.ts'
import type { Editor } from '../../../store/editor.ts'
import { showProposal, wantsMask } from '../proposal.ts'
import type { WandProposed, WandState } from './wandState.ts'

/** Pressing adds to the seeds with Shift, takes away with Alt, and otherwise starts over. */
function seedAt(editor: Editor, event: PointerDown, before: readonly WandSeed[]): WandSeed[] {
  const { shift, alt } = event.modifiers
  const { wandTolerance: tolerance } = editor.state.getState()
  const subtract = alt && before.length > 0
  const seed = { point: clampPoint(event.point, editor.imageSize), tolerance, subtract }
  return shift || subtract ? [...before, seed] : [seed]
}

/** The seeds with another tolerance for the last one. */
export function withTolerance(seeds: readonly WandSeed[], tolerance: number): WandSeed[] {
  return seeds.map((seed, index) => (index === seeds.length - 1 ? { ...seed, tolerance } : seed))
}

/** What is in view of the image, with the seeds (image pixels). */
function viewWith(editor: Editor, seeds: readonly WandSeed[], before?: Box): Box {
  const { camera, viewSize } = editor.state.getState()
  const seen = boxCorners(before ?? visibleBox(camera, viewSize)).map((corner) => clampPoint(corner, editor.imageSize))
  return boxAround([...seen, ...seeds.map(({ point }) => point)])
}

/** Asks about the seeds as they are now. */
export function askWand(editor: Editor, { seeds, view, labelClass }: Pick<WandProposed, 'seeds' | 'view' | 'labelClass'>): number {
  return editor.ask({ tool: 'magicWand', seeds: [...seeds], view, withMask: wantsMask(labelClass) })
}

export function showWand<S extends WandProposed>(editor: Editor, data: S): S {
  showProposal(editor, data, { marks: data.seeds.map(({ point, subtract }) => ({ points: [point], radius: undefined, subtract })), box: undefined })
  return data
}

/** Presses at a place: the new seeds are asked about at once. */
export function press(editor: Editor, event: PointerDown, before: Omit<WandProposed, 'name' | 'since'> & { readonly since: number | undefined }): WandState {
  const seeds = seedAt(editor, event, before.seeds)
  const view = viewWith(editor, seeds, seeds.length === 1 ? undefined : before.view)
  const id = askWand(editor, { ...before, seeds, view })
  const since = seeds.length === 1 ? id : before.since ?? id
  const region = seeds.length === 1 ? undefined : before.region
  return showWand(editor, { ...before, name: 'adjusting', start: event, before: editor.state.getState().wandTolerance, seeds, view, since, region })
}
