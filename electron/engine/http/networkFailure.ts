import { RemoteError } from '../../../shared/api/remoteError.ts'

/** What the system says when there is no way to the other side at all. */
const UNREACHABLE = new Set([
  'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT',
])
/** What OpenSSL says of a certificate that this computer does not trust, for instance behind an intercepting proxy. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

/**
 * Tells by the error of a connection whether there is a network. `host` is named in the message; nothing else of the URL is,
 * because signed URLs are secrets.
 */
export function networkFailure(error: unknown, host: string): RemoteError {
  if (error instanceof RemoteError) return error
  if (isRefusedByProxy(error)) return new RemoteError({ kind: 'offline' }, `The proxy on the way to ${host} asks for another name and password`, { cause: error })
  const code = codeOf(error)
  if (UNREACHABLE.has(code)) return new RemoteError({ kind: 'offline' }, `${host} cannot be reached (${code})`, { cause: error })
  if (UNTRUSTED.test(code)) return new RemoteError({ kind: 'transient' }, `The certificate of ${host} is not trusted (${code})`, { cause: error })
  return new RemoteError({ kind: 'transient' }, `The connection to ${host} was lost (${code})`, { cause: error })
}

/** How a web proxy, and a SOCKS proxy by undici and by socks-proxy-agent, say that they do not know who asks. */
const REFUSED_BY_PROXY = /Proxy response \(407\)|^(Socks5 )?Authentication failed$|no (acceptable|accepted) authentication/i

function isRefusedByProxy(error: unknown): boolean {
  return error instanceof Error && (REFUSED_BY_PROXY.test(error.message) || isRefusedByProxy(error.cause))
}

/** The system's error code, which fetch and the AWS SDK keep in the cause or in one of several errors. */
function codeOf(error: unknown): string {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth++) {
    if ('code' in current && typeof current.code === 'string') return current.code
    // The client for SOCKS keeps it in its words only.
    const [, told] = /^connect (E[A-Z]+)/.exec(current.message) ?? []
    if (told !== undefined) return told
    current = current instanceof AggregateError ? (current.errors[0] as unknown) : current.cause
  }
  return 'unknown'
}
