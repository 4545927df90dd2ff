import { ObjectKeySchema, type ObjectKey } from '../../../../shared/domain/asset.ts'

/** Keys of what is in the folder begin with this; those of submissions and manifests do not. */
const PICTURES = 'pictures'

/** The key of a file or folder (relative to the project's folder, with slashes). @throws ZodError when the path cannot be a key. */
export function pictureKey(path: string): ObjectKey {
  return ObjectKeySchema.parse(path === '.' ? PICTURES : `${PICTURES}/${path}`)
}

/** The path behind a key; undefined when it is not of the folder. */
export function picturePathOf(key: ObjectKey): ObjectKey | undefined {
  return key.startsWith(`${PICTURES}/`) ? ObjectKeySchema.parse(key.slice(PICTURES.length + 1)) : undefined
}
