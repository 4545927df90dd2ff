import type { PointerDown } from '../../input/inputEvent.ts'

export type RulerState =
  | { readonly name: 'idle' }
  | { readonly name: 'measuring'; readonly start: PointerDown }
