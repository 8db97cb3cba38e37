import { readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

/** The files of the built window, by the path that a browser asks for (`/index.html`). */
export type BoardFiles = ReadonlyMap<string, BoardFile>

export interface BoardFile {
  readonly path: string
  readonly mimeType: string
}

/**
 * Lists the folder once, at the start. Only listed files are ever served, so no path in a request can lead outside.
 * Files of an unknown type (source maps) are left out. An unreadable folder gives an empty map.
 */
export function listBoardFiles(folder: string): BoardFiles {
  const files = new Map<string, BoardFile>()
  for (const entry of readFolder(folder)) {
    const mimeType = mimeTypes[extname(entry.name)]
    if (!entry.isFile() || mimeType === undefined) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, mimeType })
  }
  const index = files.get('/index.html')
  if (index !== undefined) files.set('/', index)
  return files
}

/** Returns what finds the file of a path, with its headers; `null` where there is none. */
export function boardFileOf(files: BoardFiles) {
  return (pathname: string): { readonly path: string; readonly headers: Record<string, string> } | null => {
    const file = files.get(pathname)
    return file ? { path: file.path, headers: boardHeaders(file) } : null
  }
}

/** Returns the headers for a file of the board, in a browser and in the desktop window. */
export function boardHeaders(file: BoardFile): Record<string, string> {
  return {
    ...safeHeaders,
    'Content-Type': file.mimeType,
    // The names of all other files contain a hash of their content.
    'Cache-Control': file.mimeType.startsWith('text/html') ? 'no-store' : 'private, max-age=3600'
  }
}

/** `style-src 'unsafe-inline'` is needed by xterm, which writes style elements. Inline scripts stay forbidden. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'"
].join('; ')

/** Headers of every response, also of refusals. */
export const safeHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin'
} as const

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json'
}

function readFolder(folder: string): readonly { name: string; parentPath: string; isFile(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
  } catch {
    return []
  }
}
