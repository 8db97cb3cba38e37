import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './build/closing-line-reporter.mjs'],
    // Two cores: the interop and browser tests start programs of their own, so more workers only take turns.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000
  }
})
