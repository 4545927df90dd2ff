import type { AssetCache, ObjectStore } from '../../../../electron/engine/sync/ports.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'

/** A cache that fetches by being told; `script` as in FakeRemote, by asset id. */
export class FakeCache implements AssetCache {
  readonly cached = new Set<string>()
  readonly fetches: string[] = []
  readonly script: Record<string, ((signal: AbortSignal) => unknown)[]> = {}
  room = Infinity
  mostAtOnce = 0
  #atOnce = 0

  has(asset: Asset): boolean {
    return this.cached.has(asset.id)
  }
  async fetch(asset: Asset, _store: ObjectStore, signal: AbortSignal, onBytes: (received: number) => void): Promise<void> {
    this.fetches.push(asset.id)
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce)
    try {
      await Promise.resolve()
      onBytes(asset.size / 2)
      await this.script[asset.id]?.shift()?.(signal)
      onBytes(asset.size)
      this.cached.add(asset.id)
    } finally {
      this.#atOnce--
    }
  }
  makeRoom(bytes: number): boolean {
    return bytes <= this.room
  }
  usage() {
    return { usedBytes: this.cached.size, budgetBytes: 1_000 }
  }
}
