import { describe, expect, it } from 'vitest'
import { readLaunchOptions } from '../../../../electron/main/launchOptions.ts'

describe('readLaunchOptions', () => {
  it('opens nothing when the environment asks for nothing', () => {
    expect(readLaunchOptions({})).toEqual({ source: undefined, workspaceDir: undefined })
  })
  it('opens a folder before an orchestrator', () => {
    const env = { FIELDMARK_FOLDER: '/photos', FIELDMARK_ORCHESTRATOR_URL: 'http://127.0.0.1:1', FIELDMARK_TOKEN: 't' }
    expect(readLaunchOptions(env).source).toEqual({ kind: 'folder', path: '/photos' })
  })
  it('needs both address and token of an orchestrator', () => {
    expect(readLaunchOptions({ FIELDMARK_ORCHESTRATOR_URL: 'http://127.0.0.1:1' }).source).toBeUndefined()
  })
  it('takes S3 keys of the workstation along', () => {
    const env = { FIELDMARK_ORCHESTRATOR_URL: 'http://127.0.0.1:1', FIELDMARK_TOKEN: 't', S3_ENDPOINT: 'http://127.0.0.1:2', AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's' }
    expect(readLaunchOptions(env).source).toMatchObject({ s3: { endpoint: 'http://127.0.0.1:2', region: 'us-east-1', accessKeyId: 'k', secretAccessKey: 's' } })
  })
  it('names a variable that is wrong', () => {
    expect(() => readLaunchOptions({ FIELDMARK_ORCHESTRATOR_URL: 'ftp://x', FIELDMARK_TOKEN: 't' })).toThrow(/FIELDMARK_ORCHESTRATOR_URL/)
  })
})
