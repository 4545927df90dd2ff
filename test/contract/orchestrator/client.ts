import type { z } from 'zod'
import { ENDPOINTS } from '../../../shared/api/endpoints.ts'
import type { EndpointName } from '../../../shared/api/endpoints.ts'
import { PROBLEM_MEDIA_TYPE, ProblemSchema } from '../../../shared/api/problem.ts'
import type { Problem } from '../../../shared/api/problem.ts'

export interface Input {
  params?: Record<string, string>
  query?: Record<string, string | number>
  body?: unknown
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: Headers
  text: string
}

/** The contract over real HTTP, with nothing in between: no retries, no correction. */
export interface Client {
  send(name: EndpointName, input?: Input): Promise<Answer>
  /** @throws when the answer is not a success that fits the contract. */
  ok<Name extends EndpointName>(name: Name, input?: Input): Promise<z.output<(typeof ENDPOINTS)[Name]['response']>>
  /** @throws when the answer is not a problem document. */
  problem(name: EndpointName, input?: Input): Promise<Problem>
}

const TIMEOUT_MS = 10_000

export function createClient(url: string, token: string | undefined): Client {
  const send = async (name: EndpointName, { params = {}, query = {}, body, headers = {} }: Input = {}): Promise<Answer> => {
    const { method, path } = ENDPOINTS[name]
    const address = new URL(path.replaceAll(/\{(\w+)\}/g, (_match, part: string) => encodeURIComponent(params[part] ?? '')), url)
    for (const [key, value] of Object.entries(query)) address.searchParams.set(key, String(value))
    const response = await fetch(address, {
      method, signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return {
    send,
    async ok(name, input) {
      const answer = await send(name, input)
      if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${answer.text}`)
      const schema: z.ZodType = ENDPOINTS[name].response
      return schema.parse(JSON.parse(answer.text)) as never
    },
    problem: async (name, input) => problemOf(await send(name, input)),
  }
}

/** Reads a problem document, and checks that it says the status that it came with. */
export function problemOf({ status, headers, text }: Answer): Problem {
  if (!headers.get('content-type')?.startsWith(PROBLEM_MEDIA_TYPE)) throw new Error(`${status} is not a problem document: ${text}`)
  const problem = ProblemSchema.parse(JSON.parse(text))
  if (problem.status !== status) throw new Error(`the problem says ${problem.status}, the answer ${status}`)
  return problem
}
