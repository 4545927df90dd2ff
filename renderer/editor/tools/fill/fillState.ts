export interface FillState { readonly name: 'idle' }
