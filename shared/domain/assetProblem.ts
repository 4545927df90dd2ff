import type { TaskProblem } from './task.ts'

/** An image cannot be worked on, and asking for it again would not help; `problem` is what the task says of it. */
export class AssetProblem extends Error {
  readonly problem: TaskProblem

  constructor(code: TaskProblem['code'], detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'AssetProblem'
    this.problem = { code, detail }
  }
}
