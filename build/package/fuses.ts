import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** The switches of a packaged application, by electron-builder's names; each closes a way in or checks what is loaded. */
export const hardenedFuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  grantFileProtocolExtraPrivileges: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
}

const options: Record<keyof typeof hardenedFuses, FuseV1Options> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
}

/** Reads the fuses of an executable back. @throws when one is not as `hardenedFuses` wants it */
export async function verifyFuses(executable: string): Promise<void> {
  const wire = await getCurrentFuseWire(executable)
  const names = Object.keys(hardenedFuses) as (keyof typeof hardenedFuses)[]
  // The wire holds the characters 0 and 1, by their codes.
  const wrong = names.filter((name) => Number(wire[options[name]]) !== (hardenedFuses[name] ? '1' : '0').charCodeAt(0))
  if (wrong.length > 0) throw new Error(`Fuses of ${executable} are not as they should be: ${wrong.join(', ')}`)
}
