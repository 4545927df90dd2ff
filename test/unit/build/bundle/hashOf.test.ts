import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../../../build/bundle/hashOf.ts'

function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'fieldmark-hash-'))
  mkdirSync(join(root, 'source/inner'), { recursive: true })
  writeFileSync(join(root, 'source/inner/a.ts'), 'a')
  writeFileSync(join(root, 'source/b.ts'), 'b')
  writeFileSync(join(root, 'manifest.json'), '{}')
  return root
}

describe('the hash of sources', () => {
  const paths = ['source', 'manifest.json']

  it('is the same for the same files, whatever folder they are in', () => {
    expect(hashOf(checkout(), paths)).toBe(hashOf(checkout(), [...paths].reverse()))
  })

  it('changes with the bytes of a file, its name, and files that come and go', () => {
    const root = checkout()
    const seen = new Set([hashOf(root, paths)])
    writeFileSync(join(root, 'source/b.ts'), 'B')
    seen.add(hashOf(root, paths))
    renameSync(join(root, 'source/b.ts'), join(root, 'source/c.ts'))
    seen.add(hashOf(root, paths))
    writeFileSync(join(root, 'source/d.ts'), '')
    seen.add(hashOf(root, paths))
    expect(seen.size).toBe(4)
  })
})
