import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { DecoderRequests } from '../../../electron/engine/decoderRequests.ts'
import type { UtilityPort } from '../../../electron/engine/threads/utilityPort.ts'
import type { EngineReport } from '../../../shared/rpc/engineControl.ts'

class Port extends EventEmitter implements UtilityPort {
  readonly sent: unknown[] = []
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  start(): void {
    this.emit('message', { data: 'waited' })
  }
}

function requests() {
  const reports: EngineReport[] = []
  return { reports, decoders: new DecoderRequests((report) => reports.push(report)) }
}

describe('a decoder that the main process starts', () => {
  it('gets what was said before it was there, and is heard', () => {
    const { reports, decoders } = requests()
    const heard: unknown[] = []
    const decoder = decoders.start().on('message', (message) => heard.push(message))
    decoder.postMessage('first')
    expect(reports).toEqual([{ type: 'startDecoder', id: 1 }])
    const port = new Port()
    decoders.started(1, port)
    decoder.postMessage('second')
    expect(port.sent).toEqual(['first', 'second'])
    expect(heard).toEqual(['waited'])
  })

  it('counts as ended when the main process says so, whether it was asked to end it or not', async () => {
    const { reports, decoders } = requests()
    const [crashed, ended] = [decoders.start(), decoders.start()]
    decoders.ended(1)
    await crashed.terminate()
    const ending = ended.terminate()
    expect(reports.at(-1)).toEqual({ type: 'endDecoder', id: 2 })
    decoders.ended(2)
    await ending
  })
})
