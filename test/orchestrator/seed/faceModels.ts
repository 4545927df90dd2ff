import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'
import type * as FaceApi from '@vladmandic/face-api'
import type { Box } from '../../../shared/geometry/box.ts'
import { EXPRESSIONS } from './labelSchema.ts'
import { faceApiBundle, faceModelFolder } from './photographs.ts'
import type { Raster } from './photographs.ts'

export type Expression = (typeof EXPRESSIONS)[number]

/** A face that a model found: its box in image pixels, not yet clipped to the image, and confidence from 0 to 1. */
export type FoundFace = { readonly box: Box; readonly confidence: number; readonly expression?: Expression }

/** Real, trained detectors, run on the CPU. `version` names the package that the weights came in. */
export type FaceModels = {
  readonly version: string
  /** SSD MobileNet v1, with the expression network on each face: about 5 s for a photograph. */
  ssdMobileNet(image: Raster, minConfidence: number): Promise<FoundFace[]>
  /** The tiny YOLO-like detector: about 1 s, looser boxes, more mistakes. */
  tinyDetector(image: Raster, minConfidence: number): Promise<FoundFace[]>
}

/** Loads the detectors' code and weights from the installed package. */
export async function loadFaceModels(): Promise<FaceModels> {
  const api = await loadLibrary()
  await loadWeights(api, api.nets.ssdMobilenetv1, 'ssd_mobilenetv1_model')
  await loadWeights(api, api.nets.tinyFaceDetector, 'tiny_face_detector_model')
  await loadWeights(api, api.nets.faceExpressionNet, 'face_expression_model')
  return {
    version: api.version,
    async ssdMobileNet(image, minConfidence) {
      const options = new api.SsdMobilenetv1Options({ minConfidence, maxResults: 100 })
      const found = await withTensor(api, image, async (tensor) => await api.detectAllFaces(tensor, options).withFaceExpressions())
      return found.map(({ detection, expressions }) => {
        const likeliest = EXPRESSIONS.reduce((best, name) => (expressions[name] > expressions[best] ? name : best))
        return { ...asFace(detection), expression: likeliest }
      })
    },
    async tinyDetector(image, scoreThreshold) {
      const options = new api.TinyFaceDetectorOptions({ inputSize: 512, scoreThreshold })
      return (await withTensor(api, image, async (tensor) => await api.detectAllFaces(tensor, options))).map(asFace)
    },
  }
}

/** What the package's types leave out of the TensorFlow.js that it carries. */
type Library = typeof FaceApi & {
  readonly tf: {
    env(): { setPlatform(name: string, platform: object): void }
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
  }
}

/**
 * The one build that carries its own TensorFlow.js is meant for web pages and fails in Node, where it looks for a `util` module that it
 * does not carry. So it is run without `process` in sight and told about its surroundings by hand.
 */
async function loadLibrary(): Promise<Library> {
  const source = await readFile(faceApiBundle, 'utf8')
  const load = compileFunction(`${source}\nreturn faceapi`, ['process', 'require', 'module', 'exports'], { filename: faceApiBundle }) as () => Library
  const api = load()
  api.tf.env().setPlatform('node', {
    fetch,
    now: () => performance.now(),
    encode: (text: string) => new TextEncoder().encode(text),
    decode: (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes),
    isTypedArray: (value: unknown): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray => ArrayBuffer.isView(value),
  })
  api.env.setEnv(api.env.createNodejsEnv())
  await api.tf.setBackend('cpu')
  await api.tf.ready()
  return api
}

type WeightsManifest = readonly { readonly paths: readonly string[]; readonly weights: Parameters<typeof FaceApi.tf.io.decodeWeights>[1] }[]

async function loadWeights(api: Library, net: FaceApi.NeuralNetwork<unknown>, name: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(faceModelFolder, `${name}-weights_manifest.json`), 'utf8')) as WeightsManifest
  const [group] = manifest
  const [path] = group?.paths ?? []
  if (!group || path === undefined) throw new Error(`${name} has no weights`)
  const bytes = new Uint8Array(await readFile(join(faceModelFolder, path)))
  net.loadFromWeightMap(api.tf.io.decodeWeights(bytes.buffer, group.weights))
}

async function withTensor<T>(api: Library, image: Raster, run: (tensor: FaceApi.tf.Tensor3D) => Promise<T>): Promise<T> {
  const tensor = api.tf.tensor3d(new Int32Array(image.data), [image.height, image.width, 3], 'int32')
  try {
    return await run(tensor)
  } finally {
    tensor.dispose()
  }
}

function asFace({ box, score }: FaceApi.FaceDetection): FoundFace {
  return { box: { x: box.x, y: box.y, width: box.width, height: box.height }, confidence: score }
}
