import { bundle, bundleFolder } from '../bundle/bundle.ts'
import { linkNatives } from '../bundle/linkNatives.ts'
import { hasDisplay } from '../display/display.ts'
import { provisionElectron } from '../provision/electron.ts'
import type { ElectronRuntime } from '../provision/electron.ts'
import { ensureSystemLibraries } from '../provision/systemLibraries.ts'

/** Makes everything ready that the application needs to start from a checkout. */
export async function prepareApp(root: string): Promise<ElectronRuntime> {
  const runtime = await provisionElectron()
  ensureSystemLibraries(runtime.executable, !hasDisplay())
  await bundle(root)
  linkNatives(bundleFolder(root), runtime)
  return runtime
}
