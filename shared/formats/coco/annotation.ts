import { assertNever } from '../../domain/assertNever.ts'
import { boxAround, boxCorners } from '../../geometry/box.ts'
import type { Box, Size } from '../../geometry/box.ts'
import { geometryArea, geometryBounds } from '../../geometry/measure.ts'
import type { Point } from '../../geometry/point.ts'
import { polygonArea } from '../../geometry/polygon.ts'
import { rasterizeRings } from '../../geometry/rasterize.ts'
import { ellipsePoints, rotatedRectangleCorners } from '../../geometry/rotated.ts'
import { labelledKeypoints } from '../../geometry/skeleton.ts'
import type { DatasetClass } from '../datasetClasses.ts'
import type { LabelledShape } from '../labelledImage.ts'
import type { CocoAnnotation } from './schema.ts'

type Body = Pick<CocoAnnotation, 'bbox' | 'area' | 'segmentation'> & Partial<CocoAnnotation>

/**
 * A shape on an image of `size` pixels as COCO says it, without ids; undefined for polylines, which COCO has no place for.
 * - rectangle, rotated rectangle: the corners as one outline. Ellipse: 64 points around it. Polygon: its outline as it is.
 * - Polygon with holes and mask: compressed run lengths, because COCO's outlines have no holes. `iscrowd` stays 0: the format page ties RLE to crowds,
 *   but these are single objects, pycocotools reads RLE with either value (https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/mask.py),
 *   and evaluation ignores objects marked as crowds.
 * - point: `keypoints` of one visible point, unless the class has keypoints of its own; `bbox` and `area` are of zero size.
 * - skeleton: its `keypoints`, those that are not labelled as three zeros; `bbox` and `area` are those of the box around the labelled ones, as there is no outline.
 * `area` is that of the shape in square pixels: of polygons the outline less its holes, of masks the pixels, of an ellipse its outline of 64 points.
 * Where this says less than the shape, `geometry` keeps it exactly; readers that do not know the key pass over it.
 */
export function cocoBody({ geometry }: LabelledShape, size: Size, ofClass: DatasetClass | undefined): Body | undefined {
  switch (geometry.kind) {
    case 'rectangle': return { ...outlined([boxCorners(geometry)]), bbox: bboxOf(geometry), area: geometryArea(geometry), geometry }
    case 'rotatedRectangle': return { ...outlined([rotatedRectangleCorners(geometry)]), area: geometryArea(geometry), geometry }
    case 'ellipse': return { ...outlined([ellipsePoints(geometry)]), geometry }
    case 'multiPolygon': return outlined(geometry.parts)
    case 'polygon': {
      if (geometry.rings.length === 1) return outlined(geometry.rings)
      const { size: rleSize, counts } = rasterizeRings(geometry.rings, size)
      return { bbox: bboxOf(geometryBounds(geometry)), area: geometryArea(geometry), segmentation: { size: [...rleSize], counts }, geometry }
    }
    case 'mask': {
      const { size: rleSize, counts } = geometry.rle
      return { bbox: bboxOf(geometryBounds(geometry)), area: geometryArea(geometry), segmentation: { size: [...rleSize], counts } }
    }
    case 'point': {
      const body: Body = { bbox: [geometry.x, geometry.y, 0, 0], area: 0, segmentation: [] }
      return ofClass?.skeleton === undefined ? { ...body, keypoints: [geometry.x, geometry.y, VISIBLE], num_keypoints: 1 } : { ...body, geometry }
    }
    case 'skeleton': {
      const { x, y, width, height } = geometryBounds(geometry)
      const labelled = labelledKeypoints(geometry).length
      return {
        bbox: [x, y, width, height], area: width * height, segmentation: [], num_keypoints: labelled,
        keypoints: geometry.points.flatMap((keypoint) => (keypoint.visibility === 0 ? [0, 0, 0] : [keypoint.x, keypoint.y, keypoint.visibility])),
        ...(labelled < geometry.points.length ? { geometry } : {}),
      }
    }
    case 'polyline': return undefined
    default: return assertNever(geometry, 'geometry')
  }
}

/** COCO's visibility flag of a keypoint that is labelled and can be seen. */
const VISIBLE = 2

function outlined(parts: readonly (readonly Point[])[]): Body {
  const area = parts.reduce((sum, part) => sum + polygonArea([part]), 0)
  return { bbox: bboxOf(boxAround(parts.flat())), area, segmentation: parts.map((part) => part.flatMap(([x, y]) => [x, y])) }
}

function bboxOf({ x, y, width, height }: Box): [number, number, number, number] {
  return [x, y, width, height]
}
