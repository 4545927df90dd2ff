import { CreateBucketCommand, GetObjectCommand, HeadBucketCommand, NoSuchKey, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { z } from 'zod'
import { StorageCredentialsSchema } from '../../../shared/api/messages.ts'
import type { StorageCredentials } from '../../../shared/api/messages.ts'
import { ProblemError } from '../http/problems.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import { GRANT_LIFETIME_MS } from './objectStorage.ts'
import type { ObjectStorage } from './objectStorage.ts'

/**
 * A bucket. `workstations` says how they reach it: with keys of their own (`ownKeys`), with temporary ones that the orchestrator gives (`session`), or by
 * presigned URLs of the bucket that it grants (`presigned`).
 */
const S3SettingsSchema = z.object({
  endpoint: z.url(),
  region: z.string().min(1).default('us-east-1'),
  bucket: z.string().min(1).default('fieldmark'),
  prefix: z.string().default(''),
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().optional(),
  /** The role that workstations take on with temporary keys. */
  roleArn: z.string().min(1).optional(),
  workstations: z.enum(['ownKeys', 'session', 'presigned']).default('ownKeys'),
})
/** The shortest that STS gives. */
const SESSION_SECONDS = 900
export type S3Settings = z.infer<typeof S3SettingsSchema>

/** The bucket that the environment names, or undefined: S3_ENDPOINT, S3_BUCKET, S3_PREFIX, S3_WORKSTATIONS, S3_ROLE_ARN, and AWS's names for region and keys. */
export function s3FromEnvironment(env: NodeJS.ProcessEnv): S3Settings | undefined {
  if (!env['S3_ENDPOINT'] || !env['AWS_ACCESS_KEY_ID'] || !env['AWS_SECRET_ACCESS_KEY']) return undefined
  return S3SettingsSchema.parse({
    endpoint: env['S3_ENDPOINT'], region: env['AWS_REGION'], bucket: env['S3_BUCKET'], prefix: env['S3_PREFIX'], workstations: env['S3_WORKSTATIONS'], roleArn: env['S3_ROLE_ARN'],
    accessKeyId: env['AWS_ACCESS_KEY_ID'], secretAccessKey: env['AWS_SECRET_ACCESS_KEY'], sessionToken: env['AWS_SESSION_TOKEN'],
  })
}

/** Objects in a bucket, which is made when it is missing. URLs are S3's own presigned ones. */
export async function createS3Objects(settings: S3Settings, now: () => number): Promise<ObjectStorage> {
  const client = clientOf(settings)
  await ensureBucket(client, settings.bucket)
  const inBucket = (key: string) => ({ Bucket: settings.bucket, Key: settings.prefix + key })
  const expiresAt = () => instantOf(now() + GRANT_LIFETIME_MS)
  const expiresIn = GRANT_LIFETIME_MS / 1000
  return {
    async grantPut({ key, sha256, size, mediaType }) {
      const checksum = Buffer.from(sha256, 'hex').toString('base64')
      const command = new PutObjectCommand({ ...inBucket(key), ContentLength: size, ContentType: mediaType, IfNoneMatch: '*', ChecksumSHA256: checksum })
      // As headers they are part of what is signed, so the bytes and the refusal to overwrite cannot be left out.
      const headers = { 'content-type': mediaType, 'if-none-match': '*', 'x-amz-checksum-sha256': checksum }
      const unhoistableHeaders = new Set(['x-amz-checksum-sha256'])
      const url = await getSignedUrl(client, command, { expiresIn, unhoistableHeaders, signableHeaders: new Set(['content-type']) })
      return { key, method: 'PUT', url, headers, expiresAt: expiresAt() }
    },
    async grantGet(key) {
      const url = await getSignedUrl(client, new GetObjectCommand(inBucket(key)), { expiresIn })
      return { key, method: 'GET', url, headers: {}, expiresAt: expiresAt() }
    },
    grantSession: () => sessionOf(settings),
    async read(key, limit) {
      const found = await client.send(new GetObjectCommand(inBucket(key))).catch(undefinedWhenMissing)
      if (!found?.Body) return undefined
      if ((found.ContentLength ?? Infinity) > limit) throw new ProblemError(413, 'tooLarge', `The object has more than ${limit} bytes`)
      return Buffer.from(await found.Body.transformToByteArray())
    },
    async store({ key, bytes, mediaType }) {
      const command = new PutObjectCommand({ ...inBucket(key), Body: bytes, ContentType: mediaType, IfNoneMatch: '*' })
      await client.send(command).catch((error: unknown) => {
        if (statusOf(error) !== 412) throw error
      })
    },
  }
}

function clientOf({ endpoint, region, accessKeyId, secretAccessKey, sessionToken }: S3Settings): S3Client {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
  return new S3Client({
    endpoint, region, credentials, forcePathStyle: true,
    // Else a checksum of the empty body is signed into presigned PUTs.
    requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  })
}

/** They may do what the role may. @throws ProblemError unavailable when no role is set. */
async function sessionOf({ endpoint, region, accessKeyId, secretAccessKey, roleArn }: S3Settings): Promise<StorageCredentials> {
  if (roleArn === undefined) throw new ProblemError(503, 'unavailable', 'The role of workstations is not set')
  const sts = new STSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 } })
  try {
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'workstation', DurationSeconds: SESSION_SECONDS }))
    return StorageCredentialsSchema.parse({
      accessKeyId: keys?.AccessKeyId, secretAccessKey: keys?.SecretAccessKey, sessionToken: keys?.SessionToken, expiresAt: keys?.Expiration?.toISOString(),
    })
  } finally {
    sts.destroy()
  }
}

async function ensureBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }))
  } catch (error) {
    if (statusOf(error) !== 404) throw error
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
  }
}

function undefinedWhenMissing(error: unknown): undefined {
  if (error instanceof NoSuchKey || statusOf(error) === 404) return undefined
  throw error
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}
