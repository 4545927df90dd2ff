import { join } from 'node:path'
import type { z } from 'zod'
import type { Box } from '../../../shared/geometry/box.ts'
import type { DemoAsset } from './demoAssets.ts'
import type { FaceModels, FoundFace } from './faceModels.ts'
import { readImageFile } from './photographs.ts'
import type { Raster } from './photographs.ts'
import { DemoPredictionSchema } from './predictions.ts'
import type { DemoPrediction } from './predictions.ts'
import { brightClouds, detectRegions, nightLights } from './regionDetector.ts'
import type { RegionDetector } from './regionDetector.ts'

/** Low, so that the confidence threshold in the window has something to hide. */
const MIN_CONFIDENCE = 0.1
const MAX_REGIONS = 60

type Proposal = Omit<z.input<typeof DemoPredictionSchema>, 'asset' | 'assetSha256'>

/** Runs the model that suits a prepared picture; undefined when there is none for it (coasts, the large atlas). */
export async function predict(folder: string, asset: DemoAsset, faces: FaceModels): Promise<DemoPrediction | undefined> {
  if (asset.pyramid) return undefined
  const image = await readImageFile(join(folder, asset.file))
  const proposal = await propose(image, asset, faces)
  return proposal && DemoPredictionSchema.parse({ asset: asset.name, assetSha256: asset.sha256, ...proposal })
}

async function propose(image: Raster, asset: DemoAsset, faces: FaceModels): Promise<Proposal | undefined> {
  if (asset.project === 'people') {
    // Two models, as in a team that tries one against the other: the careful one on whole photographs and portraits.
    if (asset.tags['framing'] === 'medium') return faceProposal('tiny-face-detector', faces.version, await faces.tinyDetector(image, MIN_CONFIDENCE), image)
    return faceProposal('ssd-mobilenet-v1', faces.version, await faces.ssdMobileNet(image, MIN_CONFIDENCE), image)
  }
  if (asset.tags['environment'] === 'night') return regionProposal('night-lights-threshold', 'city_lights', image, nightLights)
  if (asset.name.endsWith('-clouds.jpg')) return regionProposal('bright-clouds-threshold', 'cloud', image, brightClouds)
  return undefined
}

function faceProposal(model: string, version: string, found: readonly FoundFace[], image: Raster): Proposal {
  const shapes = found.map(({ box, confidence, expression }): Proposal['shapes'][number] => ({
    classId: 'face',
    geometry: { kind: 'rectangle', ...clip(box, image) },
    ...(expression && { attributes: { expression } }),
    confidence: round(confidence, 4),
  }))
  return { model, modelVersion: `face-api ${version}`, shapes: shapes.sort((a, b) => b.confidence - a.confidence) }
}

function regionProposal(model: string, classId: string, image: Raster, detector: RegionDetector): Proposal {
  const shapes = detectRegions(image, detector).slice(0, MAX_REGIONS).map(({ outline, confidence }) => ({
    classId, geometry: { kind: 'polygon' as const, rings: [[...outline]] }, confidence: round(confidence, 4),
  }))
  return { model, modelVersion: '1.0', shapes }
}

/** The part of a box inside the image, to a tenth of a pixel. Detectors propose boxes that reach over the edge. */
function clip(box: Box, image: Raster): Box {
  const x = round(Math.max(0, box.x), 1)
  const y = round(Math.max(0, box.y), 1)
  const right = Math.min(image.width, box.x + box.width)
  const bottom = Math.min(image.height, box.y + box.height)
  return { x, y, width: Math.max(0, Math.min(image.width - x, round(right - x, 1))), height: Math.max(0, Math.min(image.height - y, round(bottom - y, 1))) }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
