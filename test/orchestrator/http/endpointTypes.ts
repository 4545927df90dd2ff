import type { z } from 'zod'
import type { ENDPOINTS, EndpointName } from '../../../shared/api/endpoints.ts'
import type { Caller, Services } from './services.ts'

type PartOf<Name extends EndpointName, Part extends 'params' | 'query' | 'body'> =
  (typeof ENDPOINTS)[Name] extends { readonly [Key in Part]: infer Schema extends z.ZodType } ? z.output<Schema> : undefined

/** A validated request of one endpoint. */
export interface Call<Name extends EndpointName> {
  readonly params: PartOf<Name, 'params'>
  readonly query: PartOf<Name, 'query'>
  readonly body: PartOf<Name, 'body'>
  readonly caller: Caller
  /** The Idempotency-Key header, where one was sent. */
  readonly idempotencyKey: string | undefined
}

export type AnswerOf<Name extends EndpointName> = z.output<(typeof ENDPOINTS)[Name]['response']>

/** Answers one endpoint. @throws ProblemError for everything that the caller did wrong. */
export type Handler<Name extends EndpointName> = (services: Services, call: Call<Name>) => Promise<AnswerOf<Name>>

/** One handler for each endpoint of the contract; a forgotten one is a type error. */
export type Handlers = { readonly [Name in EndpointName]: Handler<Name> }
