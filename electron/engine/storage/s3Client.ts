import { S3Client } from '@aws-sdk/client-s3'
import type { ProxyFor } from '../http/proxies.ts'
import { ProxyChoosingAgent } from '../http/proxyAgents.ts'

/** Keys of one's own, or temporary ones that come with a token and an end. */
export interface S3Keys { accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date }

/**
 * Where the objects are. `endpoint` names any server that speaks S3 (then the bucket is part of the path, not of the host name).
 * `credentials` that are a function are asked for when they are needed, and again when they have ended. Without any, the usual chain of the AWS SDK
 * applies: environment, profile (also one that assumes a role), web identity, instance.
 */
export interface S3Place {
  endpoint?: string
  region: string
  credentials?: S3Keys | (() => Promise<S3Keys>)
  /** Milliseconds of silence after which a request ends. */
  silenceMs?: number
  proxyFor?: ProxyFor
}

/** By these names S3 says that credentials have ended, or are not known any more. */
const ENDED = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'InvalidToken', 'InvalidAccessKeyId'])
const SILENCE_MS = 30_000
/** The slowest upload that is waited for, in bytes per millisecond: the server is silent until the whole body has arrived. */
const SLOWEST_UPLOAD = 16

/** How long to wait for the answer to an upload of so many bytes, in milliseconds. */
export function longestUploadMs(bytes: number): number {
  return 10 * SILENCE_MS + bytes / SLOWEST_UPLOAD
}

/** A client that makes one attempt, signs each request right before it goes out, and never waits for ever. */
export function createS3Client({ endpoint, region, credentials, silenceMs = SILENCE_MS, proxyFor }: S3Place): S3Client {
  const agents = proxyFor && { httpAgent: new ProxyChoosingAgent(proxyFor, false), httpsAgent: new ProxyChoosingAgent(proxyFor, true) }
  const client = new S3Client({
    region,
    endpoint,
    forcePathStyle: endpoint !== undefined,
    credentials,
    // Sync tries again, and two layers of retries multiply.
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Without these the SDK waits for ever.
    requestHandler: { ...agents, connectionTimeout: Math.min(10_000, silenceMs), socketTimeout: silenceMs, requestTimeout: 10 * silenceMs, throwOnRequestTimeout: true },
  })
  if (typeof credentials !== 'object') signAgainWhenEnded(client)
  return client
}

/** Credentials may end between two parts of an upload: they are asked for once more, and the request is signed with the new ones. */
function signAgainWhenEnded(client: S3Client): void {
  client.middlewareStack.add((next) => async (request) => {
    try {
      return await next(request)
    } catch (error) {
      if (!(error instanceof Error) || !ENDED.has(error.name)) throw error
      await client.config.credentials({ forceRefresh: true })
      return next(request)
    }
  }, { name: 'signAgainWhenEnded', step: 'initialize', priority: 'high' })
}
