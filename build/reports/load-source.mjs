import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

/** Imports a TypeScript file of the sources. Node 20 cannot, so it is bundled first. */
export async function loadSource(root, path) {
  const bundle = await rolldown({ input: join(root, path), platform: 'node', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  const folder = join(root, 'node_modules/.cache/report-sources')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${path.replace(/\W+/g, '-')}-${process.pid}.mjs`)
  writeFileSync(file, output[0].code)
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(file, { force: true })
  }
}
