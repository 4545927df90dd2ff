import { CHANNELS } from '../../../shared/rpc/channels.ts'
import type { ChannelName, ResponseOf } from '../../../shared/rpc/channels.ts'

/** An answer as its JSON: what another thread made is handed on to the window without being read on the way. */
export class JsonText {
  readonly json: string

  constructor(json: string) {
    this.json = json
  }
}

/** An answer as a caller in this process wants it. @throws ZodError when the text is no such answer. */
export function readAnswer<C extends ChannelName>(channel: C, answer: ResponseOf<C> | JsonText): ResponseOf<C> {
  return answer instanceof JsonText ? CHANNELS[channel].response.parse(JSON.parse(answer.json)) as ResponseOf<C> : answer
}
