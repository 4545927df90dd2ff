import { EngineCommandSchema, type EngineReport, type EngineStartFailure } from '../../shared/rpc/engineControl.ts'
import { assertNever } from '../../shared/domain/assertNever.ts'
import { createEngine, type Engine } from './engine.ts'
import { createProxyFor } from './http/proxies.ts'
import { trustSystemCertificates } from './http/systemTrust.ts'
import { DecoderRequests } from './decoderRequests.ts'
import { startFailureOf } from './startFailure.ts'
import { utilityParentPort, type UtilityPort } from './threads/utilityPort.ts'

if (!utilityParentPort) throw new Error('The engine process must be started by the application')
const parentPort = utilityParentPort

let engine: Engine | undefined
const proxyQuestions = new Map<number, (rules: string) => void>()
let lastQuestion = 0
const decoders = new DecoderRequests(report)

parentPort.on('message', (event) => {
  receive(event.data, event.ports).catch((error: unknown) => endBecauseOf(error))
})
// A rejection does not end a utility process by itself, and an engine in an unknown state must not go on writing.
process.on('unhandledRejection', endBecauseOf)
process.on('uncaughtException', endBecauseOf)

async function receive(message: unknown, ports: UtilityPort[]): Promise<void> {
  const command = EngineCommandSchema.parse(message)
  switch (command.type) {
    case 'start':
      try {
        trustSystemCertificates()
        engine = await createEngine(command.config, { background: true, proxyFor: createProxyFor(askProxy), startDecoder: () => decoders.start() })
        report({ type: 'started' })
      } catch (error) {
        report({ type: 'failed', failure: failureOf(error) })
      }
      return
    case 'connect': return connect(ports[0])
    case 'data': return sendData(command.id, command.url)
    case 'proxy':
      proxyQuestions.get(command.id)?.(command.rules)
      proxyQuestions.delete(command.id)
      return
    case 'resume': return engine?.wake('resume')
    case 'decoderStarted': return decoders.started(command.id, ports[0])
    case 'decoderEnded': return decoders.ended(command.id)
    case 'stop':
      await engine?.stop()
      report({ type: 'stopped' })
      process.exit(0)
      break
    default: assertNever(command, 'engine command')
  }
}

/** Only the main process knows the proxies of the system. */
function askProxy(origin: string): Promise<string> {
  return new Promise((resolve) => {
    const id = ++lastQuestion
    proxyQuestions.set(id, resolve)
    report({ type: 'askProxy', id, origin })
  })
}

function connect(port: UtilityPort | undefined): void {
  if (!port || !engine) return
  engine.connect({
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
  })
  port.start()
}

async function sendData(id: number, url: string): Promise<void> {
  // A picture that cannot be read, say on a full disk, is no reason to end what saves the work.
  const data = await engine?.serveData(url).catch((error: unknown) => { engine?.logError('picture', error) })
  report({ type: 'data', id, bytes: data?.bytes, mediaType: data?.mediaType })
}

function failureOf(error: unknown): EngineStartFailure {
  const failure = startFailureOf(error)
  if (failure.code === 'internal') console.error(error)
  return failure
}

function report(message: EngineReport): void {
  parentPort.postMessage(message)
}

function endBecauseOf(error: unknown): void {
  if (engine) engine.logError('engine', error)
  else console.error('The engine ends because of', error)
  process.exit(1)
}
