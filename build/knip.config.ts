import type { KnipConfig } from 'knip'

const config: KnipConfig = {
  entry: [
    'build/*.ts',
    'build/*.config.{ts,mjs}',
    'build/provision/defaultApp/main.mjs',
    'electron/{main,preload,cli}/index.ts',
    'electron/engine/main.ts',
    'electron/engine/tiles/imageWorker.ts',
    'electron/engine/db/checkWorker.ts',
    'electron/engine/assist/{vision/visionWorker,model/modelWorker}.ts',
    'renderer/app/main.tsx',
    'test/**/*.{test,spec}.{ts,tsx}',
    'test/{demo,bench,orchestrator}/*.ts',
    'test/bench/{emptyWindow/main.mjs,drain/engineProcess.ts}',
    'test/bench/canvas/{run.ts,page/main.ts,window/main.mjs}',
    'test/orchestrator/seed/makePredictions.ts',
    'test/faults/longRun.ts',
    'test/driver/pageWindow/main.mjs',
    'test/e2e/pages/*/main.ts',
    // Programs that tests start.
    'test/independent/verifyAudit.mjs',
    'test/faults/engine/editUntilKilled.ts',
    'test/faults/stations/engineProcess.ts',
  ],
  project: ['{build,electron,renderer,shared,test}/**/*.{ts,tsx,mjs}'],
  // Programs that scripts start are the system's, not packages.
  exclude: ['binaries'],
  // A type that a file exports and uses names what its functions take and give.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Read as data: the photographs of the demo project, and what is loaded by hand, once it is needed: OpenCV, and the binary that the bundler plugin names.
  ignoreDependencies: ['three-globe', '@img/sharp-wasm32', '@techstark/opencv-js'],
}

export default config
