import { Agent as ChoosingAgent } from 'agent-base'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { Agent as HttpAgent, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { ProxyAgent, Socks5ProxyAgent, type Dispatcher } from 'undici'
import { isSocks, type ProxyFor } from './proxies.ts'

const dispatchers = new Map<string, Dispatcher>()

/** What sends a request through the proxy of its address; undefined: directly. One for each proxy, so that connections are used again. */
export async function dispatcherFor(url: string, proxyFor: ProxyFor | undefined): Promise<Dispatcher | undefined> {
  const proxy = await proxyFor?.(url)
  if (proxy === undefined) return undefined
  const dispatcher = dispatchers.get(proxy) ?? (isSocks(proxy) ? new Socks5ProxyAgent(proxy) : new ProxyAgent(proxy))
  dispatchers.set(proxy, dispatcher)
  return dispatcher
}

/** As `dispatcherFor`, for clients over Node's own http or, if `secure`, https. Each request asks for its proxy, because the system's settings may change. */
export class ProxyChoosingAgent extends ChoosingAgent {
  readonly #proxyFor: ProxyFor
  readonly #secure: boolean
  readonly #agents = new Map<string, HttpAgent>()
  readonly #direct: HttpAgent

  constructor(proxyFor: ProxyFor, secure: boolean) {
    super({ keepAlive: true })
    this.#proxyFor = proxyFor
    this.#secure = secure
    this.#direct = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  }

  /** Where it is not told, the library finds out by the stack of each request, which takes longer than to sign it. */
  override isSecureEndpoint(): boolean {
    return this.#secure
  }

  async connect(request: ClientRequest): Promise<HttpAgent> {
    const proxy = await this.#proxyFor(`${this.#secure ? 'https' : 'http'}://${String(request.getHeader('host'))}`)
    if (proxy === undefined) return this.#direct
    const agent = this.#agents.get(proxy) ?? agentOf(proxy)
    this.#agents.set(proxy, agent)
    return agent
  }
}

/** The proxy looks names up (`socks5h`), as undici has it done too: some are known only beyond it. */
function agentOf(proxy: string): HttpAgent {
  return isSocks(proxy) ? new SocksProxyAgent(proxy.replace(/^\w+:/, 'socks5h:'), { keepAlive: true }) : new HttpsProxyAgent(proxy, { keepAlive: true })
}
