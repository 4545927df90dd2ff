import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { Ceph } from '../../ceph/ceph.ts'
import { timed } from '../comparison.ts'

/** Installs Debian's rclone unless it is there; as root. */
export function prepareRclone(): void {
  if (spawnSync('rclone', ['version']).status === 0) return
  console.log('Installing rclone ...')
  execFileSync('apt-get', ['-q', 'install', '-y', '--no-install-recommends', 'rclone'], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

/** Copies between a folder and the bucket (`remote:bucket/…`) over an S3 endpoint, so many files at once, and answers how long that took, in milliseconds. */
export function copyByRclone(from: string, to: string, endpoint: string, { region, credentials }: Ceph, transfers: number): Promise<number> {
  const env = {
    PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', RCLONE_CONFIG: '/dev/null', RCLONE_CONFIG_REMOTE_TYPE: 's3', RCLONE_CONFIG_REMOTE_PROVIDER: 'Ceph', RCLONE_CONFIG_REMOTE_ENDPOINT: endpoint,
    RCLONE_CONFIG_REMOTE_REGION: region, RCLONE_CONFIG_REMOTE_ACCESS_KEY_ID: credentials.accessKeyId, RCLONE_CONFIG_REMOTE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  return timed(() => promisify(execFile)('rclone', ['copy', from, to, '--transfers', String(transfers), '--s3-no-check-bucket', '--retries', '10'], { env }))
}
