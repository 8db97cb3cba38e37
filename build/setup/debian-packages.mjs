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
  const tools = Object.entries(peers).filter(([, isThere]) => !isThere()).map(([name]) => name)
  return needsCompiledPty && !hasCompiledPty(root) ? [...tools, ...missingCompilerParts()] : tools
}

/** Installs what the tests would miss where this user may, and says loudly what is missing after that. */
export async function ensureDebianPackages(root) {
  const missing = missingPackages(root)
  if (missing.length === 0) return
  const rights = installer()
  if (rights) {
    say(`Installing Debian packages for the tests: ${missing.join(' ')}.`)
    const apt = (args) => run(rights[0], [...rights.slice(1), ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, show: true, limitMs: installLimitMs })
    const install = ['install', '-y', '-q', '--no-install-recommends', ...missing]
    // The lists of a fresh machine are empty or old; asking for them first costs time on every other.
    if ((await apt(install)).status !== 0 && (await apt(['update', '-q'])).status === 0) await apt(install)
  }
  const still = missingPackages(root)
  if (still.length === 0) return
  say('********')
  say(`MISSING, so that tests with these programs ${process.env['CI'] ? 'FAIL' : 'are SKIPPED'}: ${still.join(' ')}`)
  say(`(Debian: apt-get install ${still.join(' ')})`)
  say('********')
}

/** How apt-get can be run without a question, as command and arguments; null when it cannot. */
function installer() {
  const apt = findProgram('apt-get')
  if (!apt) return null
  if (process.getuid?.() === 0) return [apt]
  const sudo = findProgram('sudo')
  // `env` because sudo drops the variable that keeps debconf from asking.
  return sudo && succeeds(sudo, ['-n', 'true']) ? [sudo, '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', apt] : null
}

function succeeds(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
