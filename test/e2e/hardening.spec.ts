import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { launchElectron } from '../driver/fieldmarkApp.ts'
import { QueueView } from '../driver/queueView.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

const photograph = PHOTOGRAPHS.sample1

let folder: string
let electron: ElectronApplication
let page: Page
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-hardening-'))
  await copyFile(photograph, join(folder, 'sample1.jpg'))
  electron = await launchElectron({ folder })
  page = await electron.firstWindow()
  await new QueueView(page).waitUntilAllAvailableOffline(30_000)
})
test.afterAll(async () => {
  await electron.close()
  await rm(folder, { recursive: true, force: true })
})

/** What the session answers to a request for each address: its status. */
function statusesOf(urls: string[]): Promise<number[]> {
  return electron.evaluate(async ({ session }, wanted) => Promise.all(wanted.map(async (url) => (await session.defaultSession.fetch(url)).status)), urls)
}

test('the page has nothing of Node and of Electron but the functions that it was given', async () => {
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis),
    api: Object.keys((globalThis as unknown as { fieldmark: object }).fieldmark).sort(),
  }))
  expect(found.node).toEqual([])
  expect(found.api).toEqual(['chooseAuditLog', 'chooseDirectory', 'chooseModelFile', 'connectEngine', 'copiedShapes', 'copyShapes', 'copyText', 'keepToken', 'onSessionChanged', 'openFolder', 'openOrchestrator', 'platform', 'restoreBackup', 'session', 'tokenKeeping'])
})

test('the page cannot navigate away', async () => {
  await electron.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents()
    const refused: string[] = []
    Object.assign(globalThis, { refused })
    contents?.on('will-navigate', (event) => { if (event.defaultPrevented) refused.push(event.url) })
  })
  for (const target of ['https://example.com/', 'http://127.0.0.1:9/', 'fieldmark://elsewhere/index.html']) {
    await page.evaluate((url) => { location.href = url }, target)
    await expect.poll(() => electron.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)).toContain(target)
  }
  // Playwright's own finders wait for a navigation that never comes.
  expect(await page.evaluate(() => [location.href, document.querySelector('[role=grid]') !== null])).toEqual(['fieldmark://app/index.html', true])
})

test('the page cannot open windows; only web addresses go to the browser of the system', async () => {
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => { opened.push(url); return Promise.resolve() }
  })
  const windows = await page.evaluate(() => ['file:///etc/passwd', 'http://example.com/', 'javascript:alert(1)', 'smb://host/share', 'fieldmark://app/index.html', 'https://example.com/help'].map((url) => window.open(url) === null))
  expect(windows).toEqual(windows.map(() => true))
  expect(await electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual(['https://example.com/help'])
  expect(electron.windows()).toHaveLength(1)
})

test('the page is refused every permission', async () => {
  const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi', 'storage-access', 'window-management']
  const states = await page.evaluate(async (asked) => Promise.all(asked.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)), names)
  expect(states).toEqual(names.map(() => 'denied'))
  const answers = await page.evaluate(async () => {
    const refusal = (asked: Promise<unknown>) => asked.then(() => 'granted', (error: unknown) => (error instanceof Error ? error.name : 'refused'))
    return {
      screen: await refusal(navigator.mediaDevices.getDisplayMedia()),
      place: await new Promise((resolve) => { navigator.geolocation.getCurrentPosition(() => { resolve('granted') }, ({ code }) => { resolve(code) }) }),
      notifications: await Notification.requestPermission(),
      clipboard: await refusal(navigator.clipboard.readText()),
    }
  })
  expect(answers).toEqual({ screen: 'NotAllowedError', place: 1, notifications: 'denied', clipboard: 'NotAllowedError' })
})

test('a strict policy comes with every page, and holds', async () => {
  const policy = await electron.evaluate(async ({ session }) => (await session.defaultSession.fetch('fieldmark://app/index.html')).headers.get('content-security-policy'))
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/)
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.head.append(script)
    // In a turn of its own: what Playwright itself runs may evaluate text.
    const evaluated = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try { resolve(String((0, eval)('"ran"'))) } catch { resolve('refused') }
      })
    })
    return { evaluated, injected: 'injected' in globalThis, sent: await fetch('https://example.com/').then(() => true, () => false) }
  })
  expect(ran).toEqual({ evaluated: 'refused', injected: false, sent: false })
})

test('addresses of the application lead to its own files only', async () => {
  expect(await statusesOf(['fieldmark://app/index.html', 'fieldmark://app/'])).toEqual([200, 200])
  const hostile = [
    'fieldmark://app/../main/index.js', 'fieldmark://app/..%2fmain/index.js', 'fieldmark://app/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json', 'fieldmark://app/..%5cmain%5cindex.js',
    'fieldmark://app//etc/passwd', 'fieldmark://app/%2fetc%2fpasswd', 'fieldmark://app/index.html%00.js', 'fieldmark://app/%ff', 'fieldmark://elsewhere/index.html',
  ]
  expect(await statusesOf(hostile)).toEqual(hostile.map(() => 404))
})

test('addresses of images lead to verified images only', async () => {
  const sha256 = createHash('sha256').update(await readFile(photograph)).digest('hex')
  expect(await statusesOf([`fieldmark-data://image/${sha256}`, `fieldmark-data://thumbnail/${sha256}`])).toEqual([200, 200])
  const hostile = [
    'fieldmark-data://image/../work.db', 'fieldmark-data://image/..%2fwork.db', 'fieldmark-data://image/%2fetc%2fpasswd', 'fieldmark-data://image/device-key.pem',
    `fieldmark-data://image/${'0'.repeat(64)}`, `fieldmark-data://image/${sha256.toUpperCase()}`, `fieldmark-data://image/${sha256}/`, `fieldmark-data://image/${sha256}%00`, `fieldmark-data://other/${sha256}`,
    `fieldmark-data://tile/${sha256}/-1/0_0`, `fieldmark-data://tile/${sha256}/99/0_0`, `fieldmark-data://tile/${sha256}/1e3/0_0`, `fieldmark-data://image/${'a'.repeat(3000)}`,
  ]
  expect(await statusesOf(hostile)).toEqual(hostile.map(() => 404))
  // The engine is as well as before.
  expect(await statusesOf([`fieldmark-data://image/${sha256}`])).toEqual([200])
})
