import type { Project } from '../../../../shared/domain/project.ts'
import type { SchemaHash, TaskId } from '../../../../shared/domain/ids.ts'
import type { LabelSchema } from '../../../../shared/domain/labelSchema.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { ProjectSchema } from '../../../../shared/domain/project.ts'
import type { Catalog, Picture } from './catalog.ts'
import { isThere, type FoundPicture } from './findPictures.ts'
import { hashOfLabels } from './labels.ts'
import { assetOf, idsOf, LOCAL_PROJECT, taskOf } from './pictureRecords.ts'

const PROJECT = 'project'

/** Brings the catalog in line with what is in the folder; each method is one transaction and tells whether there is something new to pull. */
export class StockTaking {
  readonly #catalog: Catalog
  readonly #folder: string
  readonly #hasLocalWork: (taskId: TaskId) => boolean

  constructor(catalog: Catalog, folder: string, hasLocalWork: (taskId: TaskId) => boolean) {
    this.#catalog = catalog
    this.#folder = folder
    this.#hasLocalWork = hasLocalWork
  }

  /** Takes a label schema into use: for new tasks, and for those that nobody has begun. Work that exists stays with the version it was made for. */
  useLabels(projectName: string, schema: LabelSchema): boolean {
    const schemaHash = hashOfLabels(schema)
    const project = ProjectSchema.parse({ id: LOCAL_PROJECT, name: projectName.slice(0, 200) || 'Folder', schemaHash })
    return this.#catalog.write(() => {
      if (this.#catalog.setting(PROJECT) === canonicalJson(project)) return false
      this.#catalog.append({ kind: 'labelSchema', op: 'upsert', hash: schemaHash, record: schema })
      this.#catalog.append({ kind: 'project', op: 'upsert', record: project })
      this.#catalog.setSetting(PROJECT, canonicalJson(project))
      for (const picture of this.#catalog.present()) {
        if (picture.schemaHash === schemaHash || this.#isWorkedOn(picture)) continue
        const repinned = { ...picture, schemaHash }
        this.#catalog.putPicture(repinned)
        this.#catalog.append({ kind: 'task', op: 'upsert', record: taskOf(repinned) })
      }
      return true
    })
  }

  /** Enters pictures that are new, changed, renamed or back again. */
  enter(pictures: readonly FoundPicture[]): boolean {
    return this.#catalog.write(() => pictures.map((found) => this.#enterOne(found)).includes(true))
  }

  /** Takes the pictures at these paths out; their tasks go too, unless somebody worked on them. */
  leave(paths: readonly string[]): boolean {
    return this.#catalog.write(() => {
      const left = paths.map((path) => this.#catalog.atPath(path)).filter((picture) => picture !== undefined)
      for (const picture of left) this.#depart(picture)
      return left.length > 0
    })
  }

  #enterOne(found: FoundPicture): boolean {
    const here = this.#catalog.atPath(found.path)
    if (here?.sha256 === found.sha256) {
      // Only the time changed, or the image can be read now.
      this.#catalog.putPicture({ ...here, ...found })
      if (here.width === found.width && here.height === found.height) return false
      this.#appendUpserts({ ...here, ...found })
      return true
    }
    if (here) this.#depart(here)
    // The same bytes under a name that is no longer there: it was renamed, or has come back.
    const known = this.#catalog.withContent(found.sha256).find((other) => other.gone || !isThere(this.#folder, other.path))
    const picture = known ? this.#again(known, found) : this.#newPicture(found)
    this.#catalog.putPicture(picture)
    this.#appendUpserts(picture)
    return true
  }

  #again(known: Picture, found: FoundPicture): Picture {
    return { ...known, ...found, schemaHash: this.#isWorkedOn(known) ? known.schemaHash : this.#currentSchema(), gone: false }
  }

  #newPicture(found: FoundPicture): Picture {
    let copy = 0
    // A picture that was renamed has kept its ids; a copy of it under the old name needs others.
    while (this.#catalog.byAsset(idsOf(found, copy).assetId)) copy++
    return { ...found, ...idsOf(found, copy), schemaHash: this.#currentSchema(), headRevision: null, gone: false }
  }

  #depart(picture: Picture): void {
    this.#catalog.putPicture({ ...picture, gone: true })
    if (this.#isWorkedOn(picture)) return
    this.#catalog.append({ kind: 'taskGone', op: 'delete', id: picture.taskId })
    this.#catalog.append({ kind: 'assetGone', op: 'delete', id: picture.assetId })
  }

  #appendUpserts(picture: Picture): void {
    this.#catalog.append({ kind: 'asset', op: 'upsert', record: assetOf(picture) })
    this.#catalog.append({ kind: 'task', op: 'upsert', record: taskOf(picture) })
  }

  #isWorkedOn(picture: Picture): boolean {
    return picture.headRevision !== null || this.#hasLocalWork(picture.taskId)
  }

  #currentSchema(): SchemaHash {
    const text = this.#catalog.setting(PROJECT)
    if (text === undefined) throw new Error('Labels come before pictures')
    const project: Project = ProjectSchema.parse(JSON.parse(text))
    return project.schemaHash
  }
}
