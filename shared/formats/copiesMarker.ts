/**
 * The file that an export lays beside the images it copies. A project over a folder of pictures leaves a folder with this file out, so that the
 * copies do not become tasks of the project that they came from.
 */
export const COPIES_MARKER = '.fieldmark-export.json'

/** What the file holds, for people who come across it. */
export const COPIES_MARKER_TEXT = `${JSON.stringify({ format: 'fieldmark.export/1', about: 'Copies made by an export. A project over a folder above leaves this folder out.' })}\n`
