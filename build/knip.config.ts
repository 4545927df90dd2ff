import type { KnipConfig } from 'knip'

const config: KnipConfig = {
  entry: [
    'build/run.mjs',
    'build/*.ts',
    'build/*.config.{ts,mjs}',
    'build/provision/defaultApp/main.mjs',
    'electron/{main,preload,cli}/index.ts',
    'electron/engine/main.ts',
    'electron/engine/tiles/imageWorker.ts',
    'renderer/app/main.tsx',
    'test/**/*.{test,spec}.{ts,tsx}',
    'test/{demo,bench,orchestrator}/*.ts',
    'test/orchestrator/seed/makePredictions.ts',
  ],
  project: ['{build,electron,renderer,shared,test}/**/*.{ts,tsx,mjs}'],
  // Programs of the system, not packages.
  ignoreBinaries: ['Xvfb', 'ldd', 'apt-get', 'apt-cache'],
  // Packages that are read as data: photographs and model weights of the demo project.
  ignoreDependencies: ['three-globe', '@vladmandic/face-api', '@img/sharp-wasm32'],
}

export default config
