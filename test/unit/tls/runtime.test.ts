import { expect, it } from 'vitest'

/**
 * Shows which crypto library the other tests used. `test/interop/tls/boringssl.test.ts` runs them all on the other one.
 */
it('runs on the runtime that it is meant to', () => {
  const isBun = process.versions['bun'] !== undefined
  expect(isBun ? 'BoringSSL' : 'OpenSSL').toBe(process.env['EXPECT_CRYPTO_LIBRARY'] ?? 'OpenSSL')
})
