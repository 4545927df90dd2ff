/** Shapes smaller than this on screen (CSS pixels) are drawn as plain filled boxes, at least this large. */
export const DETAIL_FROM = 6
export const LEAST_SIZE = 2
/** With more shapes than this in view the dark casing is left out: it doubles the work and no longer helps the eye. */
export const MOST_CASED = 1500
/** A shape smaller than this on screen (CSS pixels) has no room for a label, and more labels than this are noise. */
export const LABEL_FROM = 24
export const MOST_LABELS = 300
/** With more shapes than this selected or taken away, one frame around all of them says it. */
export const MOST_OUTLINED = 1000
/** CSS pixels. */
export const POINT_RADIUS = 4.5
