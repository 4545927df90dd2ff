/** The engine ended or did not answer in time: what was asked may have been done or not. */
export class EngineLostError extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'EngineLostError'
  }
}
