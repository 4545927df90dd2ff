import { TokenBucket } from 'limiter'
import PQueue from 'p-queue'

/** What bytes are for. Audit heads and commits are small and never wait; submissions go before images. */
export type BandwidthUse = 'submission' | 'image'
const PRIORITY: Record<BandwidthUse, number> = { submission: 1, image: 0 }
/** Turns a second: bytes are taken in portions of this share of a second, so that a submission does not wait for long behind an image. */
const TURNS_PER_SECOND = 4

/** A budget of bytes a second that all transfers share, if there is one. */
export class Bandwidth {
  readonly #turns = new PQueue({ concurrency: 1 })
  #bucket: TokenBucket | undefined

  /** @param bytesPerSecond undefined: as much as the link gives */
  setLimit(bytesPerSecond: number | undefined): void {
    this.#bucket = bytesPerSecond === undefined ? undefined : new TokenBucket({ bucketSize: bytesPerSecond, tokensPerInterval: bytesPerSecond, interval: 'second' })
  }

  get isLimited(): boolean {
    return this.#bucket !== undefined
  }

  /** Resolves when so many bytes may be, or have been, transferred. */
  async take(bytes: number, use: BandwidthUse, signal: AbortSignal): Promise<void> {
    for (let left = bytes; left > 0;) {
      const bucket = this.#bucket
      if (bucket === undefined) return
      const count = Math.min(left, Math.ceil(bucket.bucketSize / TURNS_PER_SECOND))
      await this.#turns.add(() => bucket.removeTokens(count), { priority: PRIORITY[use], signal })
      left -= count
    }
  }
}
