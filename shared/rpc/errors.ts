import { z } from 'zod'

/** Why the engine refused a request. The window translates the code; `detail` is for support. */
export const RpcErrorCodeSchema = z.enum([
  'invalidRequest', 'notFound', 'conflict', 'validationFailed', 'readOnly', 'diskFull', 'databaseDamaged', 'offline', 'unauthorized',
  'notAllowed', 'cancelled', 'internal',
])
export type RpcErrorCode = z.infer<typeof RpcErrorCodeSchema>

export const RpcFailureSchema = z.object({ code: RpcErrorCodeSchema, detail: z.string() })
export type RpcFailure = z.infer<typeof RpcFailureSchema>

/** Thrown by engine handlers on purpose and rebuilt in the window, so both sides speak of the same codes. */
export class RpcError extends Error {
  readonly code: RpcErrorCode
  constructor(code: RpcErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'RpcError'
    this.code = code
  }
}
