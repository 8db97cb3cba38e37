import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { hasCompiledPty, missingCompilerParts, needsCompiledPty } from './packages.mjs'
import { findProgram, run, say } from './run.mjs'

/** Programs that the tests talk to, by the Debian package they come in. */
const peers = {
  picocom: () => findProgram('picocom'),
  minicom: () => findProgram('minicom'),
  tio: () => findProgram('tio'),
  screen: () => findProgram('screen'),
  ppp: () => existsSync('/usr/sbin/chat'),
  gammu: () => findProgram('gammu'),
  tmux: () => findProgram('tmux'),
  'gnutls-bin': () => findProgram('gnutls-serv') && findProgram('gnutls-cli'),
  openssl: () => findProgram('openssl'),
  stunnel4: () => findProgram('stunnel4'),
  curl: () => findProgram('curl'),
  'libnss3-tools': () => findProgram('selfserv') && findProgram('tstclnt'),
  'python3-serial': () => succeeds('/usr/bin/python3', ['-c', 'import serial']),
  chromium: () => findProgram('chromium'),
  tshark: () => findProgram('tshark'),
  sslscan: () => findProgram('sslscan'),
  'testssl.sh': () => findProgram('testssl'),
  // A server, and so not in every user's path.
  'proftpd-core': () => existsSync('/usr/sbin/proftpd'),
  'proftpd-mod-crypto': () => existsSync('/usr/lib/proftpd/mod_tls.so')
}

/** Installing takes minutes on a slow mirror; then it hangs. */
const installLimitMs = 8 * 60_000

/** Debian packages that the tests would miss on this machine. */
export function missingPackages(root) {
  if (process.platform !== 'linux') return []
  const tools = Object.entries(peers)
    .filter(([, isThere]) => !isThere())
    .map(([name]) => name)
  return needsCompiledPty && !hasCompiledPty(root) ? [...tools, ...missingCompilerParts()] : tools
}

/**
 * Root gets what the tests would miss installed, in one call that is announced, unless that was forbidden (`--no-install`). Anybody
 * else gets the one command to run: this never asks for rights by itself. What is missing after that is said loudly.
 */
export async function ensureDebianPackages(
  root,
  { mayInstall = true, missing = () => missingPackages(root), uid = process.getuid?.() } = {}
) {
  const wanted = missing()
  if (wanted.length === 0) return
  const apt = findProgram('apt-get')
  if (mayInstall && uid === 0 && apt) {
    say(`Installing Debian packages for the tests: ${wanted.join(' ')}. (npm test -- --no-install forbids this.)`)
    const call = (args) =>
      run(apt, args, {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        show: true,
        limitMs: installLimitMs
      })
    const install = ['install', '-y', '-q', '--no-install-recommends', ...wanted]
    // The lists of a fresh machine are empty or old; asking for them first costs time on every other.
    if ((await call(install)).status !== 0 && (await call(['update', '-q'])).status === 0) await call(install)
  }
  const still = missing()
  if (still.length === 0) return
  say('********')
  say(`MISSING, so that tests with these programs ${process.env['CI'] ? 'FAIL' : 'are SKIPPED'}: ${still.join(' ')}`)
  say(
    `To install them (Debian): ${uid === 0 ? '' : 'sudo '}apt-get install -y --no-install-recommends ${still.join(' ')}`
  )
  say('********')
}

function succeeds(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
