import { createHash } from 'node:crypto'
import { AssetSchema, ObjectKeySchema } from '../../../shared/domain/asset.ts'
import type { Asset, ObjectKey, PixelSize, TileSource } from '../../../shared/domain/asset.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import type { SchemaHash } from '../../../shared/domain/ids.ts'
import { Sha256Schema } from '../../../shared/domain/ids.ts'
import { announce, audienceOf, announceTask } from '../db/changes.ts'
import { inWrite } from '../db/open.ts'
import type { Services } from '../http/services.ts'
import { releaseGoldScores, setGold } from './gold.ts'
import type { NewGold } from './gold.ts'
import { rollBack } from './history.ts'
import { addMember, createUser, revokeToken, setRoles } from './people.ts'
import type { NewUser } from './people.ts'
import { assignTask, publishLabelSchema, savePrediction, saveAsset, saveProject, saveTask } from './work.ts'
import type { NewProject, NewTask } from './work.ts'

/** An image to be added with its bytes. `width` and `height` in pixels. */
export interface NewAsset {
  id: string
  projectId: string
  name: string
  bytes: Uint8Array
  width: number
  height: number
  mediaType: string
  /** For a pyramid in storage, whose manifest is `bytes`; its tiles are put there by `putObject`. */
  tileSource?: TileSource
  pixelSize?: PixelSize
}

/** What a project's owner does, as functions: the contract is for workstations and has no endpoints for it. */
export interface Admin {
  /** @returns the person's token, which is not kept. */
  createUser(user: NewUser): Promise<string>
  revokeToken(token: string): Promise<void>
  /** Gives a person other roles, and tells them what they may see from then on. */
  setRoles(userId: string, roles: NewUser['roles']): Promise<void>
  createProject(project: NewProject & { members: readonly string[] }): Promise<SchemaHash>
  /** Lets a person work in a project that exists. */
  addMember(projectId: string, userId: string): Promise<void>
  publishLabelSchema(projectId: string, labelSchema: unknown): Promise<SchemaHash>
  addAsset(asset: NewAsset): Promise<Asset>
  /** Stores bytes under a key of one's choice, for instance a tile. */
  putObject(key: string, bytes: Uint8Array, mediaType: string): Promise<ObjectKey>
  addTask(task: NewTask & { assignee?: string }): Promise<void>
  addPrediction(prediction: Prediction): Promise<void>
  /** Makes a task a gold one: results that come from now on are scored against the answer. Nothing that annotators are sent tells it from others. */
  setGold(taskId: string, answer: NewGold): Promise<void>
  /** Tells authors the scores of a project that were kept back for later. */
  releaseGoldScores(projectId: string): Promise<void>
  /** Gives a task to somebody, or to somebody else. */
  assignTask(taskId: string, userId: string): Promise<void>
  cancelTask(taskId: string): Promise<void>
  /** Removes a task for everyone who sees it; work that arrives for it is late. */
  deleteTask(taskId: string): Promise<void>
  /** Restores the server's history from when it held this many submissions, and of each audit chain this many entries; see history.ts. */
  rollBack(keepUntilSeq: number, keepAuditUntilSeq?: number): Promise<void>
}

export function createAdmin(services: Services): Admin {
  const { db, objects, now } = services
  const putObject = async (key: string, bytes: Uint8Array, mediaType: string) => {
    const stored = ObjectKeySchema.parse(key)
    await objects.store({ key: stored, bytes, sha256: sha256Of(bytes), mediaType })
    return stored
  }
  return {
    putObject,
    createUser: (user) => createUser(services, user),
    revokeToken: (token) => revokeToken(services, token),
    setRoles: (userId, roles) => setRoles(services, userId, roles),
    createProject: ({ members, ...project }) => inWrite(db, async (trx) => {
      const hash = await saveProject(trx, project)
      for (const userId of members) await addMember(trx, project.id, userId)
      return hash
    }),
    addMember: (projectId, userId) => inWrite(db, (trx) => addMember(trx, projectId, userId)),
    publishLabelSchema: (projectId, labelSchema) => inWrite(db, (trx) => publishLabelSchema(trx, projectId, labelSchema)),
    async addAsset({ bytes, ...columns }) {
      const sha256 = sha256Of(bytes)
      const key = await putObject(`assets/sha256/${sha256}`, bytes, columns.mediaType)
      const asset = AssetSchema.parse({ ...columns, uri: `object:${key}`, sha256, size: bytes.length })
      await inWrite(db, (trx) => saveAsset(trx, asset))
      return asset
    },
    addTask: ({ assignee, ...task }) => inWrite(db, async (trx) => {
      await saveTask(trx, task)
      if (assignee !== undefined) await assignTask(trx, task.id, assignee, now())
    }),
    addPrediction: (prediction) => inWrite(db, (trx) => savePrediction(trx, prediction)),
    setGold: (taskId, answer) => inWrite(db, (trx) => setGold(trx, taskId, answer)),
    releaseGoldScores: (projectId) => inWrite(db, (trx) => releaseGoldScores(trx, projectId)),
    assignTask: (taskId, userId) => inWrite(db, (trx) => assignTask(trx, taskId, userId, now())),
    cancelTask: (taskId) => cancelTask(services, taskId),
    deleteTask: (taskId) => deleteTask(services, taskId),
    rollBack: (keepUntilSeq, keepAuditUntilSeq) => rollBack(services, keepUntilSeq, keepAuditUntilSeq),
  }
}

function cancelTask({ db }: Services, taskId: string): Promise<void> {
  return inWrite(db, async (trx) => {
    const task = await trx.updateTable('tasks').set({ state: 'cancelled', lease: null }).where('id', '=', taskId).returningAll().executeTakeFirstOrThrow()
    await announceTask(trx, task)
  })
}

function deleteTask({ db }: Services, taskId: string): Promise<void> {
  return inWrite(db, async (trx) => {
    const task = await trx.updateTable('tasks').set({ deleted: 1 }).where('id', '=', taskId).returningAll().executeTakeFirstOrThrow()
    await announce(trx, await audienceOf(trx, task), [{ kind: 'task', op: 'delete', recordId: taskId }])
  })
}

function sha256Of(bytes: Uint8Array) {
  return Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
}
