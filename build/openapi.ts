// Writes the OpenAPI document of the orchestration API; with --check, fails when the written one is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildOpenApiDocument } from '../shared/api/openapi.ts'
import { runCommand } from './app/processes.ts'

const file = join(resolve(import.meta.dirname, '..'), 'shared/api/openapi.json')

await runCommand(() => {
  const document = `${JSON.stringify(buildOpenApiDocument(), null, 2)}\n`
  if (!process.argv.includes('--check')) writeFileSync(file, document)
  else if (readFileSync(file, 'utf8') !== document) throw new Error('shared/api/openapi.json is stale: run node build/openapi.ts')
  return Promise.resolve(0)
})
