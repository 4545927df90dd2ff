import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineLostError } from '../../../../renderer/bridge/engineLost.ts'
import { EngineClient } from '../../../../renderer/bridge/engineClient.ts'
import { acceptEnginePorts } from '../../../../renderer/bridge/connectEngine.ts'
import { DEFAULT_SETTINGS } from '../../../../shared/rpc/workspace.ts'
import { ENGINE_PORT_MESSAGE } from '../../../../shared/rpc/envelope.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { FakeEngine } from '../../../builders/fakeEngine.ts'
import { syncStatus } from '../../../builders/windowRecords.ts'

let client: EngineClient
const engines: FakeEngine[] = []

function engineWith(handlers: ConstructorParameters<typeof FakeEngine>[0]): FakeEngine {
  const engine = new FakeEngine(handlers)
  engines.push(engine)
  return engine
}

beforeEach(() => {
  client = new EngineClient()
})
afterEach(() => {
  client.detach()
  for (const engine of engines.splice(0)) engine.close()
  vi.useRealTimers()
})

describe('EngineClient', () => {
  it('answers a request through the port and fills in defaults on the way', async () => {
    const engine = engineWith({ 'tasks.query': () => ({ total: 0, rows: [] }) })
    client.attach(engine.port)
    expect(await client.request('tasks.query', { query: {} })).toEqual({ total: 0, rows: [] })
    expect(engine.callsOf('tasks.query')).toEqual([
      { query: { filter: { standings: [], text: '' }, sort: { by: 'queue', descending: false } }, offset: 0, limit: 200 },
    ])
  })

  it('rebuilds a failure of the engine as an RpcError with its code', async () => {
    client.attach(engineWith({ 'settings.get': () => { throw new RpcError('diskFull', 'no room') } }).port)
    const failure = await client.request('settings.get', {}).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RpcError)
    expect(failure).toMatchObject({ code: 'diskFull', message: 'no room' })
  })

  it('refuses an invalid request before it is sent', async () => {
    const engine = engineWith({})
    client.attach(engine.port)
    await expect(client.request('tasks.open', { taskId: '../secret' })).rejects.toMatchObject({ code: 'invalidRequest' })
    expect(engine.calls).toEqual([])
  })

  it('reads an answer that another thread has written, and refuses one that is no JSON', async () => {
    const { port1, port2 } = new MessageChannel()
    const texts = [JSON.stringify({ total: 0, rows: [] }), '{"total":']
    port2.onmessage = (event: MessageEvent<{ id: number }>) => port2.postMessage({ type: 'responseText', id: event.data.id, json: texts.shift() })
    client.attach(port1)
    expect(await client.request('tasks.query', { query: {} })).toEqual({ total: 0, rows: [] })
    await expect(client.request('tasks.query', { query: {} })).rejects.toMatchObject({ code: 'internal' })
    port2.close()
  })

  it('refuses an answer that breaks the contract', async () => {
    const { port1, port2 } = new MessageChannel()
    port2.onmessage = (event: MessageEvent<{ id: number }>) => port2.postMessage({ type: 'response', id: event.data.id, payload: { language: 'xx' } })
    client.attach(port1)
    await expect(client.request('settings.get', {})).rejects.toMatchObject({ code: 'internal' })
    port2.close()
  })

  it('passes valid events on and drops invalid ones', async () => {
    const engine = engineWith({ 'sync.now': () => ({}) })
    client.attach(engine.port)
    const heard: string[] = []
    const stop = client.subscribe('sync.changed', (status) => heard.push(status.phase))
    engine.emit('sync.changed', syncStatus({ phase: 'offline' }))
    await client.request('sync.now', {})
    stop()
    engine.emit('sync.changed', syncStatus({ phase: 'synced' }))
    await client.request('sync.now', {})
    expect(heard).toEqual(['offline'])
  })

  it('keeps a request until there is a port', async () => {
    const answer = client.request('settings.get', {})
    client.attach(engineWith({ 'settings.get': () => DEFAULT_SETTINGS }).port)
    expect(await answer).toEqual(DEFAULT_SETTINGS)
  })

  it('fails what was under way when a new engine takes over, and goes on with the new one', async () => {
    const silent = engineWith({ 'settings.get': () => new Promise(() => {}) })
    client.attach(silent.port)
    const lost = client.request('settings.get', {}).catch((error: unknown) => error)
    client.attach(engineWith({ 'settings.get': () => DEFAULT_SETTINGS }).port)
    expect(await lost).toBeInstanceOf(EngineLostError)
    expect(await client.request('settings.get', {})).toEqual(DEFAULT_SETTINGS)
  })

  it('notices that the engine closed its end', async () => {
    const engine = engineWith({ 'settings.get': () => new Promise(() => {}) })
    client.attach(engine.port)
    const lost = client.request('settings.get', {}).catch((error: unknown) => error)
    engine.close()
    expect(await lost).toBeInstanceOf(EngineLostError)
    expect(client.connected).toBe(false)
  })

  it('gives up on an engine that does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    client.attach(engineWith({ 'settings.get': () => new Promise(() => {}) }).port)
    const lost = client.request('settings.get', {}).catch((error: unknown) => error)
    vi.advanceTimersByTime(30_000)
    expect(await lost).toBeInstanceOf(EngineLostError)
  })
})

describe('acceptEnginePorts', () => {
  it('takes a port from this window only', () => {
    const stop = acceptEnginePorts(client)
    const { port1, port2 } = new MessageChannel()
    const ports = [port1] as never
    window.dispatchEvent(new MessageEvent('message', { data: ENGINE_PORT_MESSAGE, source: null, ports }))
    expect(client.connected).toBe(false)
    window.dispatchEvent(new MessageEvent('message', { data: 'something else', source: window, ports }))
    expect(client.connected).toBe(false)
    window.dispatchEvent(new MessageEvent('message', { data: ENGINE_PORT_MESSAGE, source: window, ports }))
    expect(client.connected).toBe(true)
    stop()
    port2.close()
  })
})
