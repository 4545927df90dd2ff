import type { Box } from '../../../shared/geometry/box.ts'
import type { PhotographName } from './photographs.ts'

export type DemoProjectKey = 'people' | 'earth'

/** What the window says of each demo project. */
export const demoProjects: Readonly<Record<DemoProjectKey, { readonly name: string; readonly description: string }>> = {
  people: {
    name: 'People',
    description: 'Faces and people in six photographs that come with @vladmandic/face-api, whole and in parts, with proposals by two face detectors.',
  },
  earth: {
    name: 'Earth from above',
    description:
      'Clouds, city lights and coasts in regions of the NASA rasters that come with three-globe, with proposals by two threshold detectors. ' +
      'The atlas is a mosaic of four rasters of the whole Earth: centred on the Atlantic above, the same centred on the Pacific below.',
  },
}

/** One picture of the demo: a photograph as it is (no region), or a region of it at its own resolution. */
export type DemoPicture = {
  readonly name: string
  readonly project: DemoProjectKey
  readonly from: PhotographName
  readonly region?: Box
  readonly tags: Readonly<Record<string, string>>
  readonly priority: number
}

/** Quality of the JPEGs that regions are saved as. */
export const REGION_QUALITY = 90

type PersonPhoto = { from: PhotographName; scene: string; environment: string; light: string; regions: readonly [name: string, x: number, y: number, width: number, height: number][] }

const personPhotos: readonly PersonPhoto[] = [
  { from: 'sample1', scene: 'costume-party', environment: 'indoor', light: 'low', regions: [['left-pair', 230, 220, 1000, 1000], ['right', 1150, 100, 770, 960], ['centre', 720, 330, 520, 640]] },
  { from: 'sample2', scene: 'sofa', environment: 'indoor', light: 'backlit', regions: [['left', 300, 20, 760, 760], ['right', 1100, 0, 820, 1000], ['centre', 780, 60, 520, 640]] },
  { from: 'sample3', scene: 'lounge-bar', environment: 'indoor', light: 'warm', regions: [['left', 300, 220, 640, 900], ['right-pair', 960, 120, 960, 960], ['centre', 1000, 120, 480, 640]] },
  { from: 'sample4', scene: 'purple-wall', environment: 'indoor', light: 'even', regions: [['left-pair', 80, 20, 880, 1100], ['right-pair', 880, 60, 900, 1000], ['second', 560, 0, 480, 640]] },
  { from: 'sample5', scene: 'staircase', environment: 'indoor', light: 'warm', regions: [['left-pair', 300, 350, 560, 1048], ['top-pair', 640, 20, 860, 860], ['bottom-left', 260, 760, 560, 638]] },
  { from: 'sample6', scene: 'window', environment: 'indoor', light: 'backlit', regions: [['left-pair', 100, 350, 860, 1000], ['right-pair', 1000, 140, 900, 900], ['left', 120, 380, 480, 640]] },
]

const people: readonly DemoPicture[] = personPhotos.flatMap(({ from, scene, environment, light, regions }) => {
  const tags = { source: `face-api ${from}`, environment, light }
  return [
    { name: `${scene}.jpg`, project: 'people' as const, from, tags: { ...tags, framing: 'group' }, priority: 20 },
    ...regions.map(([name, x, y, width, height]) => ({
      name: `${scene}-${name}.jpg`, project: 'people' as const, from, region: { x, y, width, height },
      tags: { ...tags, framing: width < 600 ? 'portrait' : 'medium' }, priority: width < 600 ? 5 : 10,
    })),
  ]
})

type EarthView = { from: PhotographName; suffix: string; source: string; environment: string; width: number; height: number; priority: number; places: readonly [name: string, x: number, y: number][] }

const earthViews: readonly EarthView[] = [
  {
    from: 'cloudyDay', suffix: 'clouds', source: 'Blue Marble with cloud layer', environment: 'day', width: 1024, height: 768, priority: 15,
    places: [['europe', 1820, 200], ['amazon', 1000, 820], ['south-atlantic', 1200, 1150], ['bay-of-bengal', 2800, 600], ['north-america', 500, 300], ['australia', 3072, 1000], ['central-africa', 1900, 750], ['north-pacific', 0, 250]],
  },
  {
    from: 'night', suffix: 'night', source: 'Earth at night', environment: 'night', width: 1024, height: 768, priority: 10,
    places: [['europe', 1820, 280], ['eastern-america', 900, 400], ['india-and-china', 2750, 450], ['east-asia', 3072, 420], ['brazil', 1200, 1000], ['nile-and-gulf', 2250, 480]],
  },
  {
    from: 'day', suffix: 'coast', source: 'Blue Marble', environment: 'day', width: 800, height: 600, priority: 0,
    places: [['scandinavia', 1990, 180], ['indonesia', 3080, 840], ['caribbean', 1000, 660], ['red-sea', 2280, 560]],
  },
]

const earth: readonly DemoPicture[] = earthViews.flatMap(({ from, suffix, source, environment, width, height, priority, places }) =>
  places.map(([name, x, y]) => ({
    name: `${name}-${suffix}.jpg`, project: 'earth' as const, from, region: { x, y, width, height }, tags: { source, environment }, priority,
  })),
)

/** What is wrong with the models' proposals for a picture (predictions.json), as a person saw it who looked through them. */
const modelErrors: Readonly<Record<string, string>> = {
  'costume-party-left-pair.jpg': 'false_positive',
  'costume-party-right.jpg': 'low_confidence',
  'sofa-left.jpg': 'missed_object',
  'sofa-right.jpg': 'false_positive',
  'lounge-bar-left.jpg': 'false_positive',
  'lounge-bar-right-pair.jpg': 'false_positive',
  'purple-wall-left-pair.jpg': 'false_positive',
  'purple-wall-right-pair.jpg': 'false_positive',
  'staircase-top-pair.jpg': 'missed_object',
  'europe-clouds.jpg': 'desert_as_cloud',
  'north-america-clouds.jpg': 'snow_as_cloud',
}

/** Every picture of the demo apart from the large one that is served as tiles. */
export const demoPictures: readonly DemoPicture[] = [...people, ...earth].map((picture) => {
  const error = modelErrors[picture.name]
  return error === undefined ? picture : { ...picture, tags: { ...picture.tags, model_error: error } }
})
