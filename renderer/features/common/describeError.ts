import type { TFunction } from 'i18next'
import { EngineLostError } from '../../bridge/engineLost.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'

/** What went wrong, in the person's language, with what to do where there is something. */
export function describeError(t: TFunction, error: unknown): string {
  if (error instanceof RpcError) return t(`errors.${error.code}`)
  if (error instanceof EngineLostError) return t('errors.engineLost')
  return t('errors.internal')
}

/** The technical part of an error, for support. */
export function errorDetail(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
