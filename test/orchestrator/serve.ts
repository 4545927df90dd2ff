// `npm run orchestrator -- --port 0 --data DIR --seed demo|empty`: prints one line of JSON when it is ready and logs to standard error.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createOrchestrator } from './orchestrator.ts'
import { s3FromEnvironment } from './objects/s3Objects.ts'
import { subscriptionsFromEnvironment } from './webhooks/subscriptions.ts'

const OptionsSchema = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8787),
  data: z.string().min(1).default('out/orchestrator'),
  seed: z.enum(['demo', 'empty']).default('demo'),
  'exit-with-stdin': z.boolean().default(false),
})

const { values } = parseArgs({
  options: { host: { type: 'string' }, port: { type: 'string' }, data: { type: 'string' }, seed: { type: 'string' }, 'exit-with-stdin': { type: 'boolean' } },
})
const options = OptionsSchema.parse(values)

// Standard output is for the one line that says it is ready; what tools tell meanwhile goes to standard error.
console.log = console.error

const orchestrator = await createOrchestrator({
  dataDir: options.data,
  databaseUrl: process.env['DATABASE_URL'],
  host: options.host,
  port: options.port,
  seed: options.seed,
  s3: s3FromEnvironment(process.env),
  webhooks: subscriptionsFromEnvironment(process.env),
  log: process.stderr,
})

let ending: Promise<void> | undefined
const end = () => {
  ending ??= orchestrator.close().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
if (options['exit-with-stdin']) {
  process.stdin.on('end', end)
  process.stdin.resume()
}

const { url, tokens, serverKeyId } = orchestrator
process.stdout.write(`${JSON.stringify({ ready: true, url, token: tokens.annotator, reviewerToken: tokens.reviewer, serverKeyId })}\n`)
