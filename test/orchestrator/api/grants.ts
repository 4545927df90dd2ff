import { JOURNAL_MEDIA_TYPE, journalObjectKey, submissionObjectKey, SUBMISSION_MEDIA_TYPE } from '../../../shared/api/messages.ts'
import { objectKeyOf } from '../../../shared/domain/asset.ts'
import type { Asset, ObjectKey } from '../../../shared/domain/asset.ts'
import { assetOf } from '../db/records.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { forbidden, notFound, ProblemError } from '../http/problems.ts'
import { SUBMISSION_LIMIT } from './submissionLimit.ts'
import { visibleTasks } from './visibleRecords.ts'

/** Workstations may upload frozen revisions and the journals behind them, and nothing else. */
export const grantUpload: Handler<'grantUpload'> = async ({ objects }, { body }) => {
  const mediaType = body.key === submissionObjectKey(body.sha256) ? SUBMISSION_MEDIA_TYPE : body.key === journalObjectKey(body.sha256) ? JOURNAL_MEDIA_TYPE : undefined
  if (mediaType === undefined) throw forbidden('Only submissions/sha256/<sha256 of the bytes> and journals/sha256/<sha256 of the bytes> may be uploaded')
  if (body.mediaType !== mediaType) throw forbidden(`Objects under this key have the media type ${mediaType}`)
  if (body.size > SUBMISSION_LIMIT) throw new ProblemError(413, 'tooLarge', `A submission has at most ${SUBMISSION_LIMIT} bytes`)
  return objects.grantPut(body)
}

/** Objects of an asset of a task that the person sees, and the results of such tasks with the journals behind them. */
export const grantDownload: Handler<'grantDownload'> = async ({ db, objects }, { body, caller }) => {
  const visible = visibleTasks(db, caller).select('tasks.assetId')
  const row = await db.selectFrom('assets').selectAll().where('id', '=', body.assetId).where('id', 'in', visible).executeTakeFirst()
  if (!row) throw notFound('asset')
  const asset = assetOf(row)
  const results = await db.selectFrom('submissions').innerJoin('tasks', 'tasks.id', 'submissions.taskId').where('tasks.assetId', '=', asset.id)
    .where('tasks.id', 'in', visibleTasks(db, caller).select('tasks.id')).select(['submissions.objectKey', 'submissions.journalSha256']).execute()
  const isResult = new Set<string>(results.flatMap(({ objectKey, journalSha256 }) => [objectKey, journalObjectKey(journalSha256)]))
  for (const key of body.keys) if (!belongsTo(asset, key) && !isResult.has(key)) throw forbidden('An object in the list is not of this asset')
  return { grants: await Promise.all(body.keys.map((key) => objects.grantGet(key))) }
}

/** Temporary keys, where workstations are told to use such. */
export const storageCredentials: Handler<'storageCredentials'> = async ({ storage, objects }) => {
  if (storage.kind !== 's3' || storage.credentials !== 'session' || objects.grantSession === undefined) throw notFound('storage credentials')
  return objects.grantSession()
}

function belongsTo({ uri, tileSource }: Asset, key: ObjectKey): boolean {
  if (key === objectKeyOf(uri)) return true
  return tileSource.kind !== 'whole' && (key === tileSource.manifestKey || key.startsWith(`${tileSource.filesKey}/`))
}
