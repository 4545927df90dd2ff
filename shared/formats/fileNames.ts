/** Room for `-<number>`, an extension and what file systems add to 255 bytes. */
const MAX_STEM_BYTES = 180
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const IMAGE_EXTENSION = /\.(jpe?g|png|webp|tiff?|bmp|gif|avif)$/i
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/tiff': 'tif', 'image/bmp': 'bmp', 'image/gif': 'gif', 'image/avif': 'avif',
}

/** What some file system refuses or a shell misreads: separators, wildcards, quotes, control, direction and other unseen characters. */
const HOSTILE = /[\\/:*?"<>|\p{C}\p{Zl}\p{Zp}]/gu

/**
 * A file name without its extension that every file system takes, as near to `name` as that allows: in NFC, at most 180 bytes of UTF-8, not hidden,
 * not an option, no device name of Windows. Separators of folders become `_`, so nothing leads out of a folder.
 */
function safeStem(name: string): string {
  const plain = name.normalize('NFC').replace(IMAGE_EXTENSION, '').replace(HOSTILE, '_').replace(/^[\s._-]+/, '')
  const stem = cutToBytes(plain, MAX_STEM_BYTES).replace(/[\s.]+$/, '')
  if (stem === '') return 'image'
  return DEVICE_NAME.test(stem) ? `image_${stem}` : stem
}

function cutToBytes(text: string, limit: number): string {
  let kept = ''
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
    if (bytes > limit) break
    kept += character
  }
  return kept
}

/** The extension that an image of a name and media type is saved with, without a dot. */
function imageExtension(name: string, mediaType: string): string {
  return IMAGE_EXTENSION.exec(name)?.[1] ?? EXTENSIONS[mediaType] ?? 'img'
}

/**
 * Gives every image of a data set a safe file name of its own. Stems differ too, and not by letter case alone, because label files
 * take them over; a stem that is taken gets `-2`, `-3` and so on, so the order of the calls matters.
 */
export function createFileNames(): (image: { name: string; mediaType: string }) => { stem: string; fileName: string } {
  const taken = new Set<string>()
  const lastNumber = new Map<string, number>()
  return ({ name, mediaType }) => {
    const wanted = safeStem(name)
    const fold = (text: string) => text.toLowerCase().normalize('NFC')
    let stem = wanted
    for (let number = (lastNumber.get(fold(wanted)) ?? 1) + 1; taken.has(fold(stem)); number += 1) {
      stem = `${wanted}-${number}`
      lastNumber.set(fold(wanted), number)
    }
    taken.add(fold(stem))
    return { stem, fileName: `${stem}.${imageExtension(name, mediaType)}` }
  }
}
