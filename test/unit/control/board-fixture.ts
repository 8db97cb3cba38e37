import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small built window, with a secret file beside it that must never be served. */
export interface BoardFixture {
  readonly folder: string
  remove(): void
}

export function makeBoardFolder(): BoardFixture {
  const parent = mkdtempSync(join(tmpdir(), 'board-'))
  const folder = join(parent, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(parent, 'secret.html'), 'secret')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>board</title>')
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'index-1a2b.js.map'), '{}')
  writeFileSync(join(folder, 'assets', 'mono.woff2'), new Uint8Array([0, 1, 2, 255]))
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) }
}
