/** A file is not in the format that it is read as; the message says where. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
}
