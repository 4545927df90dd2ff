import module from 'node:module'

// In the bundle the build resolves sharp to WebAssembly (build/bundle/sharpFromWebAssembly.ts). Under plain Node, where `sharp` would
// pick the native binary if it is installed, this hook sends that one request to the WebAssembly build. It acts in this thread alone.
const NATIVE_BINARY = /^@img\/sharp-[\w-]+\/sharp\.node$/
module.registerHooks?.({
  resolve: (specifier, context, next) => next(NATIVE_BINARY.test(specifier) ? '@img/sharp-wasm32/sharp.node' : specifier, context),
})

/** The WebAssembly build of sharp: a decoder that is attacked can do no more than end its sandbox. */
export const { default: sharp } = await import('sharp')
