import type { PaletteAction } from '../../features/common/palette/paletteStore.ts'

/** The actions that have every word of a query in their name or group, best first: those whose name begins with it, then those with a word that does. */
export function matching(actions: readonly PaletteAction[], query: string): PaletteAction[] {
  const words = plain(query).split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return [...actions]
  return actions
    .map((action) => ({ action, rank: rankOf(action, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ action }) => action)
}

function rankOf({ label, group }: PaletteAction, words: readonly string[]): number {
  const name = plain(label)
  if (!words.every((word) => name.includes(word) || plain(group).includes(word))) return 0
  const [first = ''] = words
  if (name.startsWith(first)) return 3
  return name.split(/\s+/).some((word) => word.startsWith(first)) ? 2 : 1
}

/** Letter case and accents do not matter to somebody who types quickly. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
