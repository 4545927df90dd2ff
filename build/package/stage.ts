import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundleFolder } from '../bundle/bundle.ts'
import type { ElectronRuntime } from '../provision/electron.ts'

/** Where the packages that are not bundled go: beside the bundle, where it finds them first. */
const packagesFolder = 'out/app/node_modules'

/** The folders of a staged application, relative to it, that electron-builder would leave out if it were not told. */
export const stagedPackages = { from: packagesFolder, to: packagesFolder }

/** Lays the application out as it is packaged: its manifest, its bundle, and only the packages and files that it loads. */
export function stage(root: string, runtime: ElectronRuntime, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(root), null, 2))
  const bundle = bundleFolder(root)
  const isPackage = (path: string) => path.startsWith(join(bundle, 'node_modules'))
  const isMap = (path: string) => path.endsWith('.map')
  cpSync(bundle, join(folder, 'out/app'), { recursive: true, filter: (path) => !isPackage(path) && !isMap(path) })
  for (const [source, name] of packages(root, runtime)) {
    cpSync(join(source, name), join(folder, packagesFolder, name), { recursive: true, filter: isLoaded })
  }
}

/** The product's manifest without scripts and dependencies: everything is staged already. */
function manifest(root: string): Record<string, unknown> {
  const whole = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>
  const kept = ['name', 'productName', 'version', 'description', 'license', 'author', 'type', 'main']
  return Object.fromEntries(kept.map((key) => [key, whole[key]]))
}

/** The packages that the bundle loads, each with the folder that it is found in. */
function packages(root: string, runtime: ElectronRuntime): [folder: string, name: string][] {
  const own = join(root, 'node_modules')
  const same = ['@img/sharp-wasm32', '@emnapi/runtime', 'tslib', '@techstark/opencv-js', 'onnxruntime-node', 'onnxruntime-common'].map((name): [string, string] => [own, name])
  if (runtime.legacySqlite === null) return [...same, [own, 'better-sqlite3']]
  const legacy = dirname(runtime.legacySqlite)
  return [...same, ...['better-sqlite3', 'bindings', 'file-uri-to-path'].map((name): [string, string] => [legacy, name])]
}

/** Leaves out C++ sources, and binaries for other platforms. */
function isLoaded(path: string): boolean {
  const runtime = path.split('onnxruntime-node/bin/napi-v6/')[1]
  if (runtime !== undefined) return `${process.platform}/${process.arch}/`.startsWith(`${runtime}/`) || runtime.startsWith(`${process.platform}/${process.arch}`)
  const inside = path.split('better-sqlite3/')[1]
  if (inside === undefined) return true
  if (/^(deps|src|binding\.gyp)(\/|$)/.test(inside)) return false
  return !inside.startsWith('prebuilds/') || inside.endsWith(`${process.platform}-${process.arch}.node`)
}
