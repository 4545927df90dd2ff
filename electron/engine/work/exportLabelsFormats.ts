import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { SchemaHash } from '../../../shared/domain/ids.ts'
import { COCO_HEAD, COCO_MIDDLE, createCocoWriter } from '../../../shared/formats/coco/writeCoco.ts'
import type { DatasetClass } from '../../../shared/formats/datasetClasses.ts'
import type { LabelledImage, LeftOutShape } from '../../../shared/formats/labelledImage.ts'
import { writeYoloClasses, writeYoloData, writeYoloLabels } from '../../../shared/formats/yolo/writeYolo.ts'
import { poseClassesOf, writeYoloPoseData, writeYoloPoseLabels } from '../../../shared/formats/yolo/writeYoloPose.ts'
import type { ExportFolder } from './exportLabelsFolder.ts'

/** Takes the images of an export one by one. */
export interface ExportSink {
  /** `stem` is the image's file name without its extension. Answers how many shapes were written, and which were not. */
  add(image: LabelledImage, stem: string): Promise<{ written: number; leftOut: readonly LeftOutShape[] }>
  /** Writes what stands after or beside the images. */
  finish(): Promise<void>
  /** Lets go of open files, also after a failure. */
  close(): Promise<void>
}

/** Characters gathered before they are written. */
const WRITE_LENGTH = 256 * 1024

/** Small files take longest to open and close, so several are written at once. */
const WRITES_AT_ONCE = 32

/**
 * COCO as one `annotations.json`. Its images come before its annotations, but both come image by image: annotations are written aside and appended
 * at the end, so only ids are kept in memory.
 */
export async function cocoSink(folder: ExportFolder, classes: readonly DatasetClass[]): Promise<ExportSink> {
  const target = folder.pathOf('annotations.json')
  const annotationsPart = `${target}.part`
  const images = await openText(target)
  const annotations = await openText(annotationsPart)
  const writer = createCocoWriter(classes)
  await images.write(COCO_HEAD)
  return {
    add: async (image) => {
      const { images: imageText, annotations: annotationText, written, leftOut } = writer.add(image)
      await images.write(imageText)
      await annotations.write(annotationText)
      return { written, leftOut }
    },
    finish: async () => {
      await images.write(COCO_MIDDLE)
      await annotations.write(writer.tail())
      await images.end()
      await annotations.end()
      await pipeline(createReadStream(annotationsPart), createWriteStream(target, { flags: 'a', flush: true }))
      await rm(annotationsPart)
    },
    close: async () => {
      await images.close()
      await annotations.close()
    },
  }
}

/** One of YOLO's formats: the text of one image's label file, and those of the files about classes. */
interface YoloFormat {
  labels(image: LabelledImage): { text: string; written: number; leftOut: LeftOutShape[] }
  readonly classes: string
  readonly data: string
}

export function yoloSink(folder: ExportFolder, classes: readonly DatasetClass[], schemaHashes: readonly SchemaHash[]): ExportSink {
  return labelFilesSink(folder, { labels: writeYoloLabels, classes: writeYoloClasses(classes), data: writeYoloData(classes, schemaHashes) })
}

/** Only the classes with keypoints are in it. */
export function yoloPoseSink(folder: ExportFolder, classes: readonly DatasetClass[], schemaHashes: readonly SchemaHash[]): ExportSink {
  return labelFilesSink(folder, {
    labels: (image) => writeYoloPoseLabels(image, classes), classes: writeYoloClasses(poseClassesOf(classes)), data: writeYoloPoseData(classes, schemaHashes),
  })
}

/** YOLO as a label file for each image, `data.yaml` and `classes.txt`. */
function labelFilesSink(folder: ExportFolder, format: YoloFormat): ExportSink {
  let waiting: { file: string; text: string }[] = []
  const flush = async () => {
    const writes = waiting.map(({ file, text }) => folder.write(file, text))
    waiting = []
    // All of them end before one may fail: the folder is taken away after a failure.
    await Promise.allSettled(writes)
    await Promise.all(writes)
  }
  return {
    add: async (image, stem) => {
      const { text, written, leftOut } = format.labels(image)
      waiting.push({ file: `labels/${stem}.txt`, text })
      if (waiting.length >= WRITES_AT_ONCE) await flush()
      return { written, leftOut }
    },
    finish: async () => {
      await flush()
      await folder.write('classes.txt', format.classes)
      await folder.write('data.yaml', format.data)
    },
    close: async () => {},
  }
}

/** A text file that is written in large pieces. */
async function openText(path: string) {
  const file: FileHandle = await open(path, 'wx')
  let gathered: string[] = []
  let length = 0
  const flush = async () => {
    const text = gathered.join('')
    gathered = []
    length = 0
    await file.writeFile(text)
  }
  return {
    write: async (text: string) => {
      gathered.push(text)
      length += text.length
      if (length >= WRITE_LENGTH) await flush()
    },
    end: flush,
    close: () => file.close(),
  }
}
