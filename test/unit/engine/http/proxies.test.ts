import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProxyFor } from '../../../../electron/engine/http/proxies.ts'

describe('the proxy of an address', () => {
  beforeEach(() => { for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']) vi.stubEnv(name, '') })
  afterEach(() => void vi.unstubAllEnvs())

  it('is none where nobody names one', async () => {
    expect(await createProxyFor()('https://labels.example/v1/me')).toBeUndefined()
  })

  it('is the one of the environment for the scheme, with its name and password, but not for what is excepted', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://ada:secret@proxy.example:3128')
    vi.stubEnv('NO_PROXY', 'internal.example,.corp.example')
    const proxyFor = createProxyFor(() => Promise.reject(new Error('the environment decides')))
    expect(await proxyFor('https://labels.example')).toBe('http://ada:secret@proxy.example:3128')
    expect(await Promise.all(['http://labels.example', 'https://internal.example', 'https://a.corp.example'].map(proxyFor))).toEqual([undefined, undefined, undefined])
  })

  it.each([
    ['DIRECT', undefined],
    ['PROXY proxy.example:3128', 'http://proxy.example:3128'],
    ['HTTPS proxy.example:443; DIRECT', 'https://proxy.example:443'],
    ['SOCKS5 socks.example:1080; PROXY proxy.example:3128', 'socks5://socks.example:1080'],
    ['SOCKS socks.example:1080', 'socks5://socks.example:1080'],
    ['SOCKS4 socks.example:1080; PROXY proxy.example:3128', 'http://proxy.example:3128'],
    ['QUIC proxy.example:443; DIRECT', undefined],
  ])('is what the system says: %s', async (rules, proxy) => {
    expect(await createProxyFor(() => Promise.resolve(rules))('https://labels.example/a')).toBe(proxy)
  })

  it('is never guessed when the system wants one that cannot be used', async () => {
    await expect(createProxyFor(() => Promise.resolve('SOCKS4 socks.example:1080'))('https://labels.example')).rejects.toMatchObject({ failure: { kind: 'offline' } })
  })

  it.each(['socks', 'socks5', 'socks5h'])('may be one of SOCKS, as the environment spells it: %s', async (scheme) => {
    vi.stubEnv('ALL_PROXY', `${scheme}://ada:secret@socks.example:1080`)
    expect(await createProxyFor()('https://labels.example')).toBe('socks5://ada:secret@socks.example:1080')
    vi.stubEnv('ALL_PROXY', 'socks4://socks.example:1080')
    await expect(createProxyFor()('https://labels.example')).rejects.toMatchObject({ failure: { kind: 'offline' } })
  })

  it('is asked for once a minute for each server', async () => {
    let time = 0
    const system = vi.fn(() => Promise.resolve('DIRECT'))
    const proxyFor = createProxyFor(system, () => time)
    for (const path of ['/a', '/b']) await proxyFor(`https://labels.example${path}`)
    await proxyFor('https://storage.example/c')
    expect(system.mock.calls).toEqual([['https://labels.example'], ['https://storage.example']])
    time = 61_000
    await proxyFor('https://labels.example/d')
    expect(system).toHaveBeenCalledTimes(3)
  })

  it.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://127.8.9.10', 'http://[::1]:1'])('is none for this computer: %s', async (url) => {
    vi.stubEnv('ALL_PROXY', 'http://proxy.example:3128')
    expect(await createProxyFor()(url)).toBeUndefined()
  })
})
