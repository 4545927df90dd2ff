/** Flags of V8 for the engine's process: by itself V8 lets what thousands of small requests leave behind grow to a hundred mebibytes before it is collected. */
export const ENGINE_V8_FLAGS = ['--optimize-for-size'] as const
/** The same as an argument of a utility process. */
export const ENGINE_JS_FLAGS = `--js-flags=${ENGINE_V8_FLAGS.join(' ')}`
