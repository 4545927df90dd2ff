import { DEFAULT_DISPLAY } from '../../../shared/domain/display.ts'
import { shapesOf } from '../../../shared/domain/draftOperations.ts'
import { UPRIGHT } from '../../../shared/geometry/camera.ts'
import { pendingPredictions } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { History } from '../history/history.ts'
import { DEFAULT_BRUSH } from './brushSettings.ts'
import { UNADJUSTED } from './adjustments.ts'
import type { OpenDraft } from './editor.ts'
import { RecordMap } from './recordMap.ts'
import type { EditorState } from './state.ts'

/** The state of a task as it is opened: nothing selected, nothing hidden, the select tool in hand. */
export function initialState(open: OpenDraft, history: History): EditorState {
  const [firstClass] = open.schema.classes
  if (firstClass === undefined) throw new RangeError('A label schema has at least one class')
  const startingClass = open.schema.classes.find(({ id }) => id === open.activeClassId)
  const records = RecordMap.of(open.records)
  return {
    records,
    // From the list: it is nearly in order already, which the map is not.
    shapes: shapesOf(open.records),
    pending: pendingPredictions(records, open.predictions, open.threshold),
    removed: [],
    selection: new Set(),
    activeVertex: undefined,
    selectedPrediction: undefined,
    hover: { kind: 'canvas' },
    pointer: undefined,
    activeClassId: startingClass?.id ?? firstClass.id,
    tool: 'select',
    lastDrawingTool: undefined,
    toolState: 'idle',
    cursor: 'default',
    camera: { ...UPRIGHT, x: 0, y: 0, zoom: 1 },
    viewSize: { width: 0, height: 0 },
    hidden: new Set(),
    allHidden: false,
    isolated: undefined,
    locked: new Set(),
    threshold: open.threshold,
    display: DEFAULT_DISPLAY,
    magnetic: false,
    brush: DEFAULT_BRUSH,
    adjustments: UNADJUSTED,
    adjusted: true,
    loupe: false,
    measurement: undefined,
    preview: undefined,
    assistReadiness: { kind: 'preparing' },
    assistBusy: false,
    isWorking: false,
    wandTolerance: 24,
    history: history.summary(),
    journalSeq: open.journalSeq,
    savedSeq: open.journalSeq,
    message: undefined,
    problems: new Map(),
    wantedField: undefined,
  }
}
