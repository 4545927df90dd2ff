import { ObjectKeySchema } from '../../../../shared/domain/asset.ts'
import type { ObjectStore } from '../../sync/ports.ts'
import { PICTURES_PREFIX } from './pictureRecords.ts'

/** Object storage of a local project: pictures come out of the folder, everything else goes to and comes from the workspace. Nothing is ever written to the folder. */
export function createLocalFolderStore({ pictures, objects }: { pictures: ObjectStore; objects: ObjectStore }): ObjectStore {
  return {
    put: (request, signal) => objects.put(request, signal),
    get: (ref, signal) => {
      if (!ref.key.startsWith(PICTURES_PREFIX)) return objects.get(ref, signal)
      return pictures.get({ ...ref, key: ObjectKeySchema.parse(ref.key.slice(PICTURES_PREFIX.length)) }, signal)
    },
  }
}
