import { build, Platform } from 'electron-builder'
import type { Configuration } from 'electron-builder'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from '../bundle/hashOf.ts'
import type { ElectronRuntime } from '../provision/electron.ts'
import { hardenedFuses, verifyFuses } from './fuses.ts'
import { stage, stagedPackages } from './stage.ts'

/**
 * Makes the unpacked application in dist/ from the bundle in out/app, unless it is there already. Needs no network: Electron is
 * the provisioned one and nothing is compiled.
 * @returns the path of its executable
 */
export async function packageApp(root: string, runtime: ElectronRuntime): Promise<string> {
  const output = join(root, 'dist')
  const executable = join(output, executablePath())
  const stamp = join(output, 'sources.sha256')
  const hash = `${hashOf(root, ['out/app/sources.sha256', 'build/package'])} ${runtime.source} ${runtime.version}`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return executable
  console.error('Packaging the application ...')
  rmSync(output, { recursive: true, force: true })
  const staged = join(root, 'out/package')
  stage(root, runtime, staged)
  // electron-builder would look for a certificate to sign with.
  process.env['CSC_IDENTITY_AUTO_DISCOVERY'] = 'false'
  await build({ projectDir: staged, targets: Platform.current().createTarget('dir'), config: configuration(output, runtime), publish: 'never' })
  await verifyFuses(executable)
  writeFileSync(stamp, hash)
  return executable
}

function configuration(output: string, runtime: ElectronRuntime): Configuration {
  return {
    appId: 'org.fieldmark.desktop',
    directories: { output },
    files: ['package.json', 'out/app/**/*', stagedPackages],
    asar: true,
    // Machine code and the libraries beside it are loaded by the system, and sharp's WebAssembly by its own worker threads: neither can look into an archive.
    asarUnpack: ['**/*.node', 'out/app/node_modules/@img/**', 'out/app/node_modules/@emnapi/**', 'out/app/node_modules/tslib/**', 'out/app/node_modules/onnxruntime-node/**'],
    electronDist: runtime.folder,
    electronVersion: runtime.version,
    npmRebuild: false,
    electronFuses: hardenedFuses,
    linux: { category: 'Graphics' },
  }
}

function executablePath(): string {
  if (process.platform === 'darwin') return `mac${process.arch === 'arm64' ? '-arm64' : ''}/Fieldmark.app/Contents/MacOS/Fieldmark`
  return process.platform === 'win32' ? 'win-unpacked/Fieldmark.exe' : 'linux-unpacked/fieldmark'
}
