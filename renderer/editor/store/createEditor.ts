import { createStore } from 'zustand/vanilla'
import { createSpatialIndex } from './spatialIndex.ts'
import { createAssistance, NO_ASSISTANT } from './assistance.ts'
import { createClipboard } from './clipboard.ts'
import { createDraftStore } from './draftStore.ts'
import type { Editor, EditorOptions } from './editor.ts'
import { createHistory } from '../history/history.ts'
import { initialState } from './initialState.ts'
import { createProblemFinder } from './problems.ts'
import { shapeOf } from './queries.ts'
import { createSurfaceWorker } from './surfaceWork.ts'
import { createInteraction } from './interaction.ts'
import type { EditorState } from './state.ts'
import { findCommand } from '../commands/commands.ts'
import { keepInSight } from '../../../shared/geometry/camera.ts'

/** Opens a task for editing. The caller stores what `onCommit` tells, in order, and acknowledges it. */
export function createEditor({ open, now, newId, assistant = NO_ASSISTANT, clipboard = createClipboard(), workshop }: EditorOptions): Editor {
  const history = createHistory(open)
  const state = createStore<EditorState>(() => initialState(open, history))
  const shapeIndex = createSpatialIndex(state.getState().shapes)
  const predictionIndex = createSpatialIndex(open.predictions.flatMap((prediction) => prediction.shapes))
  const draft = createDraftStore({ state, history, shapeIndex, predictions: open.predictions })
  const classes = new Map(open.schema.classes.map((labelClass) => [labelClass.id, labelClass]))
  const finder = createProblemFinder(state.getState().shapes, classes, open.imageSize)
  draft.onCommit(({ diff }) => state.setState(({ problems }) => ({ problems: finder.apply(problems, diff) })))

  const editor: Editor = {
    state,
    schema: open.schema,
    classes,
    predictions: open.predictions,
    imageSize: open.imageSize,
    pixelSize: open.pixelSize,
    readOnly: open.readOnly,
    clipboard,
    shapeIndex,
    predictionIndex,
    dispatch: (event) => interaction.dispatch(event),
    setTool: (tool) => { interaction.setTool(tool); assistance.prepare(tool) },
    ask: (question, options) => assistance.ask(question, options),
    stopAsking: () => { assistance.stopAsking() },
    ...createSurfaceWorker(workshop, state, (key) => { editor.tell(key) }),
    execute(commandId) {
      const command = findCommand(editor, commandId)
      if (command === undefined || !command.enabled(editor)) return false
      if (command.keepsGesture !== true) editor.dispatch({ type: 'cancel' })
      command.run(editor)
      return true
    },
    commit: (name, diff) => !open.readOnly && draft.commit(name, diff),
    show: (diff, selection) => { draft.show(diff, selection) },
    undo: () => !open.readOnly && draft.undo(),
    redo: () => !open.readOnly && draft.redo(),
    mark: () => ({ depth: history.depth(), selection: state.getState().selection }),
    bail(mark) {
      while (history.depth() > mark.depth) draft.undo()
      draft.update({ preview: undefined, selection: mark.selection })
    },
    update: (patch) => draft.update(patch),
    look: (camera) => state.setState({ camera: keepInSight(camera, open.imageSize, state.getState().viewSize) }),
    tell: (key, params = {}) => state.setState(({ message }) => ({ message: { id: (message?.id ?? 0) + 1, key, params } })),
    askFor: (attribute) => state.setState({ wantedField: { attribute } }),
    checkMore(most) {
      const { problems, isDone } = finder.checkMore(state.getState().problems, most, (id) => shapeOf(state.getState(), id))
      if (problems !== state.getState().problems) state.setState({ problems })
      return isDone
    },
    authorship: () => ({ user: open.user, at: now(), newId }),
    onCommit: (listener) => draft.onCommit(listener),
    acknowledge: (seq) => state.setState(({ savedSeq }) => ({ savedSeq: Math.max(savedSeq, seq) })),
  }
  const interaction = createInteraction(editor)
  const assistance = createAssistance(assistant, state, (event) => interaction.dispatch(event))
  return editor
}
