import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AssetSchema, ObjectKeySchema } from '../../shared/domain/asset.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { PredictionSchema } from '../../shared/domain/prediction.ts'
import { cacheFolder } from '../../build/provision/cache.mjs'
import { withLock } from '../../build/provision/lock.mjs'
import { addMember } from './admin/people.ts'
import { assignTask, saveAsset, savePrediction, saveProject, saveTask } from './admin/work.ts'
import { inWrite } from './db/open.ts'
import type { Trx } from './db/tables.ts'
import type { Services } from './http/services.ts'
import { demoTiles, prepareDemoAssets } from './seed/demoAssets.ts'
import type { DemoAsset } from './seed/demoAssets.ts'
import { demoProjects } from './seed/demoPlan.ts'
import type { DemoProjectKey } from './seed/demoPlan.ts'
import { demoLabelSchemas } from './seed/labelSchema.ts'
import { readDemoPredictions } from './seed/predictions.ts'
import type { DemoPrediction } from './seed/predictions.ts'
import { DEMO_ANNOTATOR, DEMO_REVIEWER } from './seedPeople.ts'

const PROJECTS: readonly { key: DemoProjectKey; id: string }[] = [{ key: 'people', id: 'demo-people' }, { key: 'earth', id: 'demo-earth' }]

/** Objects that are read and stored at once. */
const STORED_AT_ONCE = 8

/** Sets up the demo projects, with every task assigned to the demo annotator. Does nothing where they are already. */
export async function seedDemo(services: Services): Promise<void> {
  const { db, now } = services
  const seeded = () => db.selectFrom('projects').select('id').where('id', 'in', PROJECTS.map(({ id }) => id)).executeTakeFirst()
  if (await seeded()) return
  const folder = join(cacheFolder(), 'demo-assets')
  mkdirSync(folder, { recursive: true })
  await withLock(`${folder}.lock`, async () => {
    const prepared = await prepareDemoAssets(folder)
    for (const asset of prepared) await storeObjects(services, folder, asset)
    const predictions = await readDemoPredictions()
    // Objects first, then everything that names them in one transaction: a seeding that was cut off begins again.
    await inWrite(db, (trx) => saveAll(trx, prepared, predictions, now()))
  })
}

async function saveAll(trx: Trx, prepared: readonly DemoAsset[], predictions: readonly DemoPrediction[], now: number): Promise<void> {
  for (const { key, id: projectId } of PROJECTS) {
    await saveProject(trx, { id: projectId, ...demoProjects[key], labelSchema: demoLabelSchemas[key] })
    for (const { id } of [DEMO_ANNOTATOR, DEMO_REVIEWER]) await addMember(trx, projectId, id)
    for (const demo of prepared.filter((each) => each.project === key)) {
      const asset = assetOf(demo, projectId)
      const taskId = `task-${slugOf(demo)}`
      await saveAsset(trx, asset)
      await saveTask(trx, { id: taskId, projectId, assetId: asset.id, priority: demo.priority, tags: demo.tags })
      for (const [index, prediction] of predictions.filter((each) => each.assetSha256 === demo.sha256).entries()) {
        await savePrediction(trx, predictionOf(prediction, taskId, `${taskId}.${index + 1}`))
      }
      await assignTask(trx, taskId, DEMO_ANNOTATOR.id, now)
    }
  }
}

function assetOf(demo: DemoAsset, projectId: string): Asset {
  const { name, sha256, size, width, height, mediaType, pyramid } = demo
  const keys = keysOf(demo)
  const tileSource = pyramid && {
    kind: 'dzi', filesKey: keys.tiles, manifestKey: keys.file, manifestSha256: sha256,
    format: pyramid.format, tileSize: pyramid.tileSize, overlap: pyramid.overlap, maxLevel: pyramid.maxLevel,
  }
  return AssetSchema.parse({ id: `asset-${slugOf(demo)}`, projectId, name, uri: `object:${keys.file}`, sha256, size, width, height, mediaType, tileSource })
}

function predictionOf({ model, modelVersion, shapes }: DemoPrediction, taskId: string, id: string) {
  return PredictionSchema.parse({ id: `prediction-${id}`, taskId, model, modelVersion, shapes: shapes.map((shape, index) => ({ ...shape, id: `${id}.${index + 1}` })) })
}

async function storeObjects({ objects }: Services, folder: string, demo: DemoAsset): Promise<void> {
  const keys = keysOf(demo)
  await objects.store({
    key: ObjectKeySchema.parse(keys.file), bytes: await readFile(join(folder, demo.file)), sha256: demo.sha256,
    mediaType: demo.pyramid ? 'application/json' : demo.mediaType,
  })
  const tiles = await demoTiles(folder, demo)
  for (let start = 0; start < tiles.length; start += STORED_AT_ONCE) {
    await Promise.all(tiles.slice(start, start + STORED_AT_ONCE).map(async ({ key, file, sha256 }) =>
      objects.store({ key: ObjectKeySchema.parse(`${keys.tiles}/${key}.${demo.pyramid?.format ?? ''}`), bytes: await readFile(file), sha256, mediaType: demo.mediaType }),
    ))
  }
}

/** Object keys are made of hashes, so that a changed picture is another object. */
function keysOf({ sha256, pyramid }: DemoAsset) {
  return pyramid
    ? { file: `pyramids/${sha256}/manifest.json`, tiles: `pyramids/${sha256}/tiles` }
    : { file: `assets/sha256/${sha256}`, tiles: '' }
}

function slugOf({ name }: DemoAsset): string {
  return name.replace(/\.\w+$/, '')
}
