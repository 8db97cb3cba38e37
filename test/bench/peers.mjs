import { existsSync } from 'node:fs'
import { findProgram } from '../../build/setup/run.mjs'

/** Programs that the benchmarks run besides the simulator: whether each is installed, and its Debian packages. */
export const peers = {
  cc: { isThere: () => findProgram('cc') !== null, packages: ['gcc', 'libc6-dev'] },
  openssl: { isThere: () => findProgram('openssl') !== null, packages: ['openssl'] },
  'gnutls-cli': { isThere: () => findProgram('gnutls-cli') !== null, packages: ['gnutls-bin'] },
  curl: { isThere: () => findProgram('curl') !== null, packages: ['curl'] },
  // A server, which is not in every user's PATH.
  proftpd: {
    isThere: () => existsSync('/usr/sbin/proftpd') && existsSync('/usr/lib/proftpd/mod_tls.so'),
    packages: ['proftpd-core', 'proftpd-mod-crypto']
  },
  chromium: { isThere: () => existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'), packages: ['chromium'] }
}

/**
 * Returns one sentence with all missing programs and the command that installs them, or `null` when none is missing.
 */
export function missingPeers(names, known = peers) {
  const missing = [...new Set(names)].filter((name) => !known[name].isThere())
  if (missing.length === 0) return null
  const packages = [...new Set(missing.flatMap((name) => known[name].packages))]
  return `nothing was measured, because ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: apt-get install ${packages.join(' ')}`
}
