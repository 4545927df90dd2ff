import { join, resolve } from 'node:path'
import { build } from 'vite'
import { nodeConfig } from '../../../build/bundle/configs.ts'

/**
 * The engine as it is shipped, with the bench's own way in. From source, Node's TypeScript loader and the SDK's thousand modules would take part in the memory.
 * @returns the script.
 */
export async function bundleEngine(outDir: string): Promise<string> {
  const root = resolve(import.meta.dirname, '../../..')
  process.env['NODE_ENV'] = 'production'
  const config = nodeConfig(root, outDir)
  const options = config.build?.rolldownOptions
  await build({ ...config, build: { ...config.build, rolldownOptions: { ...options, input: { ...(options?.input as Record<string, string>), 'engine/drain': join(import.meta.dirname, 'engineProcess.ts') } } } })
  return join(outDir, 'engine/drain.js')
}
