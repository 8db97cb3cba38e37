import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/**
 * Native and seldom-used packages stay outside the bundle: they are loaded when first needed, so that a missing
 * compiler (node-pty) or a board nobody opens (ws) costs nothing at start.
 */
const loadedOnDemand = ['electron', 'node-pty', 'serialport', 'node-forge', 'ws']

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      sourcemap: true,
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          cli: at('src/main/cli.ts'),
          // The thread that searches the timeline.
          'timeline-search': at('src/main/timeline/search-worker.ts'),
          // The thread that checks a transcript which the desktop opens.
          'check-worker': at('src/main/check/check-worker.ts'),
          // The thread that reads a capture which somebody looks into.
          'capture-worker': at('src/main/capture/capture-worker.ts')
        },
        external: loadedOnDemand
      }
    }
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        external: ['electron'],
        // A sandboxed window can only load a CommonJS preload.
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('src/renderer'),
    build: { minify: 'oxc', cssMinify: true, rollupOptions: { input: at('src/renderer/index.html') } },
    plugins: [react()]
  }
})
