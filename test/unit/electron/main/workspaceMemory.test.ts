import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Keyring } from '../../../../electron/main/keyring.ts'
import { WorkspaceMemory } from '../../../../electron/main/workspaceMemory.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const source = { kind: 'orchestrator', url: 'https://orchestrator.example/', token: 'very-secret' } as const

/** A keyring that can open only what was sealed by one of the same name. */
const aKeyring = (name: string): Keyring => ({
  name: () => name,
  isProtecting: () => Promise.resolve(name !== 'basic_text'),
  seal: (secret) => Promise.resolve(Buffer.from(`${name}:${secret}`).toString('base64')),
  unseal: (sealed) => {
    const [by, secret = ''] = Buffer.from(sealed, 'base64').toString().split(':')
    return by === name ? Promise.resolve(secret) : Promise.reject(new Error('not mine'))
  },
})

const everythingIn = (folder: string) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')

describe('the memory of what was open', () => {
  it('is empty at first, and keeps a folder', async () => {
    const memory = new WorkspaceMemory(temporaryFolder(), aKeyring('basic_text'))
    expect(await memory.recall()).toEqual({ kind: 'nothing' })
    await memory.remember({ kind: 'folder', path: '/pictures' })
    expect(await memory.recall()).toEqual({ kind: 'source', source: { kind: 'folder', path: '/pictures' } })
  })

  it('keeps a token sealed by the keyring', async () => {
    const folder = temporaryFolder()
    const memory = new WorkspaceMemory(folder, aKeyring('gnome_libsecret'))
    await memory.remember(source)
    expect(await memory.recall()).toEqual({ kind: 'source', source })
    expect(everythingIn(folder)).not.toContain(source.token)
  })

  it('says that the token is missing when the keyring is another one, and forgets nothing', async () => {
    const folder = temporaryFolder()
    await new WorkspaceMemory(folder, aKeyring('gnome_libsecret')).remember(source)
    const missing = { kind: 'tokenMissing', url: source.url, reason: 'keyringChanged' }
    expect(await new WorkspaceMemory(folder, aKeyring('kwallet6')).recall()).toEqual(missing)
    expect(await new WorkspaceMemory(folder, aKeyring('basic_text')).recall()).toEqual(missing)
    expect(await new WorkspaceMemory(folder, aKeyring('gnome_libsecret')).recall()).toEqual({ kind: 'source', source })
  })
})

describe('where nothing protects a token', () => {
  it.each([undefined, 'session'] as const)('it is not written: %s', async (choice) => {
    const folder = temporaryFolder()
    const memory = new WorkspaceMemory(folder, aKeyring('basic_text'))
    if (choice) await memory.choose(choice)
    await memory.remember(source)
    expect(await memory.recall()).toEqual({ kind: 'tokenMissing', url: source.url, reason: 'notKept' })
    expect(everythingIn(folder)).not.toContain(source.token)
  })

  it('it is written when the person agreed, and taken back when they change their mind', async () => {
    const folder = temporaryFolder()
    const memory = new WorkspaceMemory(folder, aKeyring('basic_text'))
    await memory.choose('disk')
    await memory.remember(source)
    expect(await new WorkspaceMemory(folder, aKeyring('basic_text')).recall()).toEqual({ kind: 'source', source })
    await memory.choose('none')
    await memory.remember(source)
    expect(await memory.recall()).toEqual({ kind: 'nothing' })
    expect(await memory.choice()).toBe('none')
    expect(everythingIn(folder)).not.toContain(source.token)
    expect(everythingIn(folder)).not.toContain('orchestrator.example')
  })
})
