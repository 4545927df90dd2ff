import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import type { Ceph } from '../../ceph/ceph.ts'
import { createOrchestrator } from '../../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'
import { manyImages } from '../manyImages.ts'

export const BUCKET = 'drain'
/** Where the orchestrator keeps images. */
export const IMAGES_PREFIX = 'assets/sha256'
const GIB = 2 ** 30

/** Images of so many gibibytes and a person for each link, who has a task for each image and others for submissions. */
export async function seedDrain(dataDir: string, ceph: Ceph, gib: number, submissions: number, people: number): Promise<{ people: { id: string; token: string }[]; images: number }> {
  const s3 = { endpoint: ceph.endpoint, region: ceph.region, bucket: BUCKET, prefix: '', workstations: 'ownKeys' as const, ...ceph.credentials }
  const orchestrator = await createOrchestrator({ dataDir, s3 })
  const members = Array.from({ length: people }, (_, index) => `person-${index}`)
  const tokens: string[] = []
  for (const id of members) tokens.push(await orchestrator.createUser({ id, name: id, roles: DEMO_ANNOTATOR.roles }))
  await orchestrator.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members })
  let images = 0
  for await (const image of manyImages(gib * GIB)) {
    images += 1
    await orchestrator.addAsset({ id: `asset-${images}`, projectId: 'project-1', name: `street-${images}.jpg`, ...image })
  }
  for (const person of members) {
    // What is submitted comes first in the queue, and needs no image of its own.
    for (let number = 1; number <= submissions; number++) {
      await orchestrator.addTask({ id: `${person}-work-${number}`, projectId: 'project-1', assetId: 'asset-1', assignee: person, priority: 1 })
    }
    for (let number = 1; number <= images; number++) {
      await orchestrator.addTask({ id: `${person}-image-${number}`, projectId: 'project-1', assetId: `asset-${number}`, assignee: person })
    }
  }
  await orchestrator.close()
  return { people: members.map((id, index) => ({ id, token: tokens[index] ?? '' })), images }
}
