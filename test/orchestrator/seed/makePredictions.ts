/**
 * Writes predictions.json anew: `node test/orchestrator/seed/makePredictions.ts [folder]` (about three minutes, Node 24).
 * The pictures are prepared in `folder`, by default one under the system's temporary folder.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDemoAssets } from './demoAssets.ts'
import { loadFaceModels } from './faceModels.ts'
import { predictionsFile } from './predictions.ts'
import type { DemoPrediction } from './predictions.ts'
import { predict } from './predictDemo.ts'

const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'fieldmark-demo-')))
const assets = await prepareDemoAssets(folder)
const faces = await loadFaceModels()
const predictions: DemoPrediction[] = []
for (const asset of assets) {
  const prediction = await predict(folder, asset, faces)
  if (!prediction) continue
  predictions.push(prediction)
  console.log(`${asset.name}: ${prediction.model}, ${prediction.shapes.length} shapes, least confidence ${prediction.shapes.at(-1)?.confidence ?? '-'}`)
}
// One prediction on a line: compact, and a change shows which picture it belongs to.
await writeFile(predictionsFile, `[\n${predictions.map((prediction) => JSON.stringify(prediction)).join(',\n')}\n]\n`)
