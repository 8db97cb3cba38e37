import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/fixtures/own-runtime-folder.ts'],
    reporters: ['default', './build/closing-line-reporter.mjs'],
    // Two cores: the interop and browser tests start programs of their own, so more workers only take turns.
    maxWorkers: 2,
    // A wait ends with its condition; these end only what will never come, on a slow machine that has other things to do as well.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } }
  }
})
