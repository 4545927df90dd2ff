import { loadBitmap } from './loadBitmap.ts'
import type { FromDecoder, ToDecoder } from './messages.ts'

// The thread that decodes images. Both ends of the channel are made from these sources, so their types hold without a check.

const underWay = new Map<number, AbortController>()

self.addEventListener('message', ({ data: message }: MessageEvent<ToDecoder>) => {
  if (message.kind === 'giveUp') underWay.get(message.id)?.abort()
  else void load(message)
})

async function load({ id, url, expected }: Extract<ToDecoder, { kind: 'load' }>): Promise<void> {
  const abort = new AbortController()
  underWay.set(id, abort)
  try {
    const bitmap = await loadBitmap(url, abort.signal, expected)
    answer({ kind: 'decoded', id, bitmap }, [bitmap])
  } catch (error) {
    answer({ kind: 'failed', id, detail: error instanceof Error ? error.message : String(error) })
  } finally {
    underWay.delete(id)
  }
}

function answer(message: FromDecoder, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}
