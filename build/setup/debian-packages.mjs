import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { hasCompiledPty, missingCompilerParts, needsCompiledPty } from './packages.mjs'
import { findProgram, run, say } from './run.mjs'

/** Programs that the tests use as peers, by Debian package. */
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
  'netcat-openbsd': () => succeeds('sh', ['-c', 'nc -h 2>&1 | grep -q OpenBSD']),
  'ntpsec-ntpdig': () => findProgram('ntpdig'),
  sslscan: () => findProgram('sslscan'),
  'testssl.sh': () => findProgram('testssl'),
  // A server, which is not in every user's PATH.
  'proftpd-core': () => existsSync('/usr/sbin/proftpd'),
  'proftpd-mod-crypto': () => existsSync('/usr/lib/proftpd/mod_tls.so')
}

/** Installing takes minutes on a slow mirror. Longer means that it hangs. */
const installLimitMs = 8 * 60_000

/** Returns the Debian packages that the tests need and this machine lacks. */
export function missingPackages(root) {
  if (process.platform !== 'linux') return []
  const tools = Object.entries(peers)
    .filter(([, isThere]) => !isThere())
    .map(([name]) => name)
  return needsCompiledPty && !hasCompiledPty(root) ? [...tools, ...missingCompilerParts()] : tools
}

/**
 * As root, installs the missing packages in one announced call, unless forbidden (`--no-install`). For other users,
 * prints the command to run and never asks for rights. Reports what is still missing.
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
    // Fetch the package lists only if installing fails: on most machines that would only take time.
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
