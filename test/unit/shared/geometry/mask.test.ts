import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMask, encodeMask, maskArea, maskBounds, maskHasPoint, moveMask } from '../../../../shared/geometry/mask.ts'
import { decodeCounts, encodeCounts } from '../../../../shared/geometry/rleCounts.ts'
import { holds } from '../../../builders/property.ts'
import { bitmap } from './arbitraries.ts'

// The pairs and strings below are test data published with ports of COCO's mask API (toloka's annotation client, ppwwyyxx/cocoapi
// tests/test_cases.py and COCOtoolsFORK's README); they were written by the original C code.
const PUBLISHED_PAIRS: [number[], string][] = [
  [[0, 6, 1, 3], '061M'],
  [[0, 6, 1], '061'],
  [[0, 6, 1, 1], '061K'],
  [[0, 6, 1, 5], '061O'],
  [[0, 6, 1, 6], '0610'],
  [[0, 1, 1, 2, 1, 3, 1, 4, 1], '011101010'],
  [[0, 1024], '0PP1'],
]
const PUBLISHED_MASK = {
  size: [50, 70] as const,
  counts: '0g05b08J4M2N2NA^O1`0OCO=0E090H080IO68DH;>@C>a0_O_O`0j0OWOF<:CM72I24NL43JM92FN;1ENKO72L0LO91J0MO92INO0NO122OO0M031O000NO31OO11MO40N011MO41MO21L06OL021L06OL021L06OL021L060J040L060J040L060J040L060J040L060J040L060J040L060KO31L060KO31L06OL021L06OL021L06OL021MO41MO21MO40N100NO310O00M0310O00NO1220NO92IONO91KOMO72M0<1EO:2GN63KM34OLM73JF<;=1G_O_Ob0=AC`07EH=1IO71H090F0:1DO>1_O1b0>2N2N3L6H]O',
}
const ZERO_LEADING = {
  size: [1350, 1080] as const,
  counts: '000lg0Zb01O00001O00001O001O00001O00001O001O00001O01O2N3M3M3M2N3M3N2M3M2N1O1O1O1O2N1O1O1O2N1O1O101N1O1O1O2N1O1O1O2N3M2N1O2N1O2O0O2N1O1O2N1O2N1O2N1O2N1O2N1O2O0O2N1O3M2N1O2N2N2N2N2N1O2N2N2N2N1O2N2N2N2N2N1N3N2N00O1O1O1O100000000000000O100000000000000001O0000001O00001O0O5L7I5K4L4L3M2N2N2N1O2m]OoXOm`0Sg0j^OVYOTa0lf0c^O]YO[a0ef0\\^OdYOba0bg0N2N2N2N2N2N2N2N2N2N2N2N2N2N2N2N2N3M2M4M2N3M2N3M2N3M2N3M2N3M2N3M2N3M2N3M2M4M2N2N3M2M4M2N2N3M2M3N3M2N3M2M3N3M2N2N3L3N2N3M2N3L3N2N3M5J4M3M4L3M3L5L3M3M4L3L4\\EXTOd6jo0K6J5K6I4M1O1O1O1N2O1O1O001N2O00001O0O101O000O2O00001N101N101N2N101N101N101N2O0O2O0O2O0O2O1N101N2N2O1N2O1N2O1N101N2O1N2O1N2O0O2O1N2N2O1N2O0O2O1N2O1N2N2N1N4M2N2M4M2N3L3N2N3L3N3L3N2N3L3N2N3L3M4L3M3M4L3M5K5K5K6J5K5K6J7I7I7Ibijn0',
}

describe('run lengths as COCO writes them', () => {
  it.each(PUBLISHED_PAIRS)('%j is %s', (counts, text) => {
    const size = [1, counts.reduce((sum, count) => sum + count, 0)] as const
    expect(encodeCounts(counts, size)).toEqual({ size, counts: text })
    expect(decodeCounts({ size, counts: text })).toEqual(counts)
  })

  it.each([['a published mask', PUBLISHED_MASK], ['a mask that begins with empty runs', ZERO_LEADING]])('reads %s and writes it back byte for byte', (_, rle) => {
    const counts = decodeCounts(rle)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rle.size[0] * rle.size[1])
    expect(encodeCounts(counts, rle.size)).toEqual(rle)
  })

  it('keeps runs that need more than 32 bits of text', () => {
    const size = [65_536, 65_535] as const
    const counts = [3, 1, 2, 4_294_900_000, 65_536 * 65_535 - 4_294_900_006]
    expect(decodeCounts(encodeCounts(counts, size))).toEqual(counts)
  })

  it.each([
    ['runs that overshoot', { size: [2, 2] as const, counts: '5' }],
    ['runs that fall short', { size: [2, 2] as const, counts: '3' }],
    ['a negative run', { size: [2, 2] as const, counts: '13O' }],
    ['text that ends inside a number', { size: [2, 2] as const, counts: 'P' }],
    ['letters outside the alphabet', { size: [2, 2] as const, counts: '4 ' }],
    ['no runs at all', { size: [2, 2] as const, counts: '' }],
  ])('refuses %s', (_, rle) => {
    expect(() => decodeCounts(rle)).toThrow(RangeError)
  })

  it('decodes any text to runs that fill the mask, or refuses it', () => {
    holds('mask text', fc.property(fc.string({ maxLength: 20 }), (counts) => {
      try {
        expect(decodeCounts({ size: [5, 4], counts }).reduce((sum, count) => sum + count, 0)).toBe(20)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }))
  })
})

describe('masks', () => {
  it('gives the boxes that pycocotools gives', () => {
    expect(maskBounds(encodeMask(Uint8Array.from([0, 1, 1, 1]), 2, 2))).toEqual({ x: 0, y: 0, width: 2, height: 2 })
    const pixels = new Uint8Array(100)
    for (const y of [2, 3]) for (const x of [3, 4, 5]) pixels[y * 10 + x] = 1
    expect(maskBounds(encodeMask(pixels, 10, 10))).toEqual({ x: 3, y: 2, width: 3, height: 2 })
    expect(maskBounds(encodeMask(new Uint8Array(4), 2, 2))).toEqual({ x: 0, y: 0, width: 0, height: 0 })
  })

  it('comes back from run lengths with the same pixels, area, bounds and hits', () => {
    holds('mask round trip', fc.property(bitmap, ({ width, height, pixels }) => {
      const rle = encodeMask(pixels, width, height)
      expect([...decodeMask(rle)]).toEqual([...pixels])
      const set = [...pixels.keys()].filter((at) => pixels[at] === 1).map((at) => [at % width, Math.floor(at / width)] as const)
      expect(maskArea(rle)).toBe(set.length)
      if (set.length > 0) {
        const xs = set.map(([x]) => x)
        const ys = set.map(([, y]) => y)
        expect(maskBounds(rle)).toEqual({
          x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs) + 1, height: Math.max(...ys) - Math.min(...ys) + 1,
        })
      }
      for (let at = 0; at < pixels.length; at += 1) expect(maskHasPoint(rle, [(at % width) + 0.5, Math.floor(at / width) + 0.5])).toBe(pixels[at] === 1)
      expect(maskHasPoint(rle, [-0.1, 0]) || maskHasPoint(rle, [width, 0])).toBe(false)
    }))
  })

  it('moves within its canvas', () => {
    const corner = encodeMask(Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 0]), 3, 3)
    expect(maskBounds(moveMask(corner, 2, 1))).toEqual({ x: 2, y: 1, width: 1, height: 1 })
    expect(maskArea(moveMask(corner, -1, 0))).toBe(0)
  })
})
