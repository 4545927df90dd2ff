import module from 'node:module'

// In the bundle the build resolves sharp to WebAssembly (build/bundle/sharpFromWebAssembly.ts). Under plain Node, where `sharp` would
// pick the native binary if it is installed, this hook sends that one request to the WebAssembly build. It acts in this process alone.
const NATIVE_BINARY = /^@img\/sharp-[\w-]+\/sharp\.node$/
const { registerHooks } = module as Partial<typeof module>
registerHooks?.({
  resolve: (specifier, context, next) => next(NATIVE_BINARY.test(specifier) ? '@img/sharp-wasm32/sharp.node' : specifier, context),
})

/** The WebAssembly build of sharp: a decoder that an image breaks ends in its sandbox. It reads the formats below and nothing else. */
export const { default: sharp } = await import('sharp')

const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff']
// SVG above all: it may hold scripts and outside references.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: READERS.map((name) => `VipsForeignLoad${name}`) })
// The cache would hold on to images that are looked at once.
sharp.cache(false)
