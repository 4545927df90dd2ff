import { noise } from '../builders/images.ts'

const SIDE = 2048

/** Images of about four mebibytes, so many bytes in all; each is the same picture as another file. */
export async function* manyImages(bytes: number): AsyncGenerator<{ bytes: Buffer; width: number; height: number; mediaType: string }> {
  const image = await noise(SIDE, SIDE).jpeg({ quality: 85 }).toBuffer()
  for (let left = bytes, number = 1; left > 0; left -= image.length, number++) {
    yield { bytes: withComment(image, `image ${number}`), width: SIDE, height: SIDE, mediaType: 'image/jpeg' }
  }
}

/** A comment segment (ITU-T T.81, B.2.4.5) after the start marker. */
function withComment(jpeg: Buffer, comment: string): Buffer {
  const header = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), header, Buffer.from(comment), jpeg.subarray(2)])
}
