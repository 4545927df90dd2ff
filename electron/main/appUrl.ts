import { join, normalize, sep } from 'node:path'

export const APP_SCHEME = 'fieldmark'
/** The page of the one window. */
export const APP_PAGE = `${APP_SCHEME}://app/index.html`

/** Whether a URL is a page of the application itself. */
export function isAppUrl(url: string): boolean {
  const origin = `${APP_SCHEME}://app`
  return url === origin || url.startsWith(`${origin}/`)
}

/** The file of a URL path if it lies inside `root`, else undefined. */
export function fileInside(root: string, urlPath: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
  if (path.includes('\0')) return undefined
  const file = normalize(join(root, path === '/' ? 'index.html' : path))
  return file.startsWith(normalize(root) + sep) ? file : undefined
}
