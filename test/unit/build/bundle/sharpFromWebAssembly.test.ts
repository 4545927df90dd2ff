import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

describe('sharp', () => {
  it('is the WebAssembly build, in tests as in the application', () => {
    expect(sharp.versions).toHaveProperty('emscripten')
  })

  it('decodes, resizes and encodes', async () => {
    const red = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } }).png().toBuffer()
    const { width, height, format } = await sharp(await sharp(red).resize(10).jpeg().toBuffer()).metadata()
    expect({ width, height, format }).toEqual({ width: 10, height: 5, format: 'jpeg' })
  })
})
