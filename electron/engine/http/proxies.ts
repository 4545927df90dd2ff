import { getProxyForUrl } from 'proxy-from-env'
import { RemoteError } from '../../../shared/api/remoteError.ts'

/** The address of the proxy by which a server is reached, with name and password where it asks for them; undefined: directly. */
export type ProxyFor = (url: string) => Promise<string | undefined>

/** What the system says of an address, as a proxy configuration script would: "PROXY host:port; DIRECT". */
export type SystemProxy = (origin: string) => Promise<string>

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']
/** How long the system's answer is taken for granted, in milliseconds. */
const KNOWN_FOR_MS = 60_000

/**
 * Finds the proxy of an address. The environment decides if it names any (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), else the settings of the
 * system, where somebody can be asked for them. This computer itself is always reached directly.
 */
export function createProxyFor(system: SystemProxy = () => Promise.resolve('DIRECT'), now: () => number = Date.now): ProxyFor {
  const known = new Map<string, { proxy: Promise<string | undefined>; until: number }>()
  const ofSystem = (origin: string) => {
    const before = known.get(origin)
    if (before && before.until > now()) return before.proxy
    const proxy = system(origin).then(firstUsable)
    known.set(origin, { proxy, until: now() + KNOWN_FOR_MS })
    proxy.catch(() => known.delete(origin))
    return proxy
  }
  return async (url) => {
    const { hostname, origin } = new URL(url)
    if (isLoopback(hostname)) return undefined
    if (VARIABLES.some((name) => (process.env[name] ?? '') !== '')) return usable(getProxyForUrl(url))
    return ofSystem(origin)
  }
}

/** Whether a proxy is asked by SOCKS, of which version 5 is spoken. */
export function isSocks(proxy: string): boolean {
  return proxy.startsWith('socks5:')
}

/** The proxy that the environment names, with the spellings of SOCKS made one. @throws RemoteError offline for one of an older version. */
function usable(proxy: string): string | undefined {
  if (/^socks4a?:/.test(proxy)) throw new RemoteError({ kind: 'offline' }, `Proxies of SOCKS version 4 are not supported (${new URL(proxy).host})`)
  return proxy.replace(/^socks(5h)?:/, 'socks5:') || undefined
}

/** The first of the alternatives that can be used. @throws RemoteError offline when there is none: going directly is not what the system wants. */
function firstUsable(rules: string): string | undefined {
  for (const rule of rules.split(';').map((text) => text.trim())) {
    const [kind = '', place = ''] = rule.split(/\s+/)
    if (kind === 'DIRECT' || kind === '') return undefined
    if (kind === 'PROXY' || kind === 'HTTP') return `http://${place}`
    if (kind === 'HTTPS') return `https://${place}`
    if (kind === 'SOCKS5' || kind === 'SOCKS') return `socks5://${place}`
  }
  throw new RemoteError({ kind: 'offline' }, `The system asks for a proxy of a kind that is not supported (${rules})`)
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
