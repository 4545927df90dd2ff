import { LABEL_SCHEMA_FORMAT, LabelSchemaSchema } from '../../../shared/domain/labelSchema.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { DemoProjectKey } from './demoPlan.ts'

const occluded = { type: 'boolean', id: 'occluded', name: 'Occluded', default: false }
const truncated = { type: 'boolean', id: 'truncated', name: 'Cut off by the edge', default: false }

/** The facial expressions that the demo's model tells apart, in the order of its outputs. */
export const EXPRESSIONS = ['neutral', 'happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised'] as const

const people = {
  format: LABEL_SCHEMA_FORMAT,
  name: 'People',
  classes: [
    {
      id: 'face', name: 'Face', color: '#4dabf7', hotkey: '1', kinds: ['rectangle', 'ellipse', 'rotatedRectangle', 'polygon'],
      attributes: [{ type: 'enum', id: 'expression', name: 'Expression', options: [...EXPRESSIONS] }, occluded, truncated],
    },
    {
      id: 'person', name: 'Person', color: '#51cf66', hotkey: '2', kinds: ['rectangle', 'polygon', 'mask'],
      attributes: [
        { type: 'enum', id: 'pose', name: 'Pose', options: ['standing', 'sitting', 'leaning'] }, occluded, truncated,
        { type: 'text', id: 'remark', name: 'Remark', maxLength: 200 },
      ],
    },
    { id: 'hand', name: 'Hand', color: '#ffd43b', hotkey: '3', kinds: ['rectangle', 'polygon', 'point'], attributes: [occluded] },
    { id: 'occluder', name: 'Occluding object', color: '#ff922b', hotkey: '4', kinds: ['polygon', 'rectangle'] },
    { id: 'edge', name: 'Straight edge', color: '#cc5de8', hotkey: '5', kinds: ['polyline'] },
    {
      id: 'face_landmarks', name: 'Face landmarks', color: '#20c997', hotkey: '6', kinds: ['skeleton'], attributes: [truncated],
      skeleton: {
        keypoints: [
          { name: 'Right eye', color: '#ff8787', at: [0.15, 0] }, { name: 'Left eye', color: '#4dabf7', at: [0.85, 0] }, { name: 'Nose', at: [0.5, 0.5] },
          { name: 'Right mouth corner', color: '#ff8787', at: [0.22, 1] }, { name: 'Left mouth corner', color: '#4dabf7', at: [0.78, 1] },
        ],
        edges: [[0, 1], [0, 2], [1, 2], [2, 3], [2, 4], [3, 4]],
      },
    },
  ],
  imageTags: [
    { id: 'crowd', name: 'Crowd' },
    { id: 'low_light', name: 'Low light' },
    { id: 'blurred', name: 'Blurred' },
  ],
}

const earth = {
  format: LABEL_SCHEMA_FORMAT,
  name: 'Earth from above',
  classes: [
    {
      id: 'cloud', name: 'Cloud', color: '#74c0fc', hotkey: '1', kinds: ['polygon', 'rectangle', 'mask'],
      attributes: [{ type: 'number', id: 'cover', name: 'Cover in percent', min: 0, max: 100, step: 5 }],
    },
    {
      id: 'city_lights', name: 'City lights', color: '#ffa94d', hotkey: '2', kinds: ['polygon', 'rectangle', 'point'],
      attributes: [{ type: 'enum', id: 'pattern', name: 'Pattern', options: ['compact', 'ribbon', 'scattered'] }],
    },
    { id: 'snow_ice', name: 'Snow or ice', color: '#e599f7', hotkey: '3', kinds: ['polygon', 'mask'] },
    { id: 'storm', name: 'Storm', color: '#ff6b6b', hotkey: '4', kinds: ['ellipse', 'rotatedRectangle', 'rectangle'] },
    { id: 'coastline', name: 'Coastline', color: '#63e6be', hotkey: '5', kinds: ['polyline'] },
    { id: 'water', name: 'Lake or inland sea', color: '#4c6ef5', hotkey: '6', kinds: ['polygon'] },
  ],
  imageTags: [
    { id: 'mostly_ocean', name: 'Mostly ocean' },
    { id: 'mostly_clouded', name: 'Mostly clouded' },
    { id: 'night', name: 'Night' },
  ],
}

/** The label schema of each demo project. */
export const demoLabelSchemas: Readonly<Record<DemoProjectKey, LabelSchema>> = {
  people: LabelSchemaSchema.parse(people),
  earth: LabelSchemaSchema.parse(earth),
}
