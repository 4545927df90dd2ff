import type { ObjectStore } from '../../sync/ports.ts'
import { picturePathOf } from './pictureKeys.ts'

/** Object storage of a local project: pictures come out of the folder, everything else goes to and comes from the workspace. Nothing is ever written to the folder. */
export function createLocalFolderStore({ pictures, objects }: { pictures: ObjectStore; objects: ObjectStore }): ObjectStore {
  return {
    put: (request, signal) => objects.put(request, signal),
    get: (ref, signal, from) => {
      const path = picturePathOf(ref.key)
      return path === undefined ? objects.get(ref, signal, from) : pictures.get({ ...ref, key: path }, signal, from)
    },
  }
}
