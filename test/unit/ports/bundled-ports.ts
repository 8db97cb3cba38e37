import { symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const repository = resolve(import.meta.dirname, '../../..')

/**
 * Bundles the ports as one JavaScript file in `folder`, for processes that a test starts and kills. With `withPackages`
 * false the process finds no node-pty, as after an install without a compiler.
 */
export async function bundlePorts(folder: string, withPackages = true): Promise<string> {
  const file = await bundle('src/main/ports/index.ts', folder, 'ports.mjs')
  if (withPackages) symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  return file
}

/** Bundles a source of the main process with all its imports except packages, as `name` in `folder`. */
export async function bundle(source: string, folder: string, name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(repository, source),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { external: ['serialport', 'node-pty'], output: { entryFileNames: name } }
    }
  })
  return join(folder, name)
}
