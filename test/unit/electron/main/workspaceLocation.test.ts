import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspaceLocation } from '../../../../electron/main/workspaceLocation.ts'

describe('workspaceLocation', () => {
  it('lies inside the folder of a local project', () => {
    expect(workspaceLocation({ kind: 'folder', path: '/photos' }, '/data')).toBe(join('/photos', '.fieldmark'))
  })
  it('is one for each server address, and the same for each token', () => {
    const at = (url: string, token: string) => workspaceLocation({ kind: 'orchestrator', url, token }, '/data')
    expect(at('https://a.example', 'one')).toBe(at('https://a.example/', 'two'))
    expect(at('https://a.example', 'one')).not.toBe(at('https://a.example:8443', 'one'))
    expect(at('https://a.example', 'one')).toContain(join('/data', 'workspaces', 'a.example-'))
  })
})
