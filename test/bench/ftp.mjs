import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { client, freePort, startBarePty, started, startSimulator } from './programs.mjs'
import { interleaved, median, ratio } from './statistics.mjs'

/**
 * Measures #FTPGET, plain and with TLS (AES128-SHA), against curl on the same proftpd, whose output a bare Node program
 * writes to a pty of the same kind. From the first byte to the last at the host, in MB/s.
 */
export async function ftp({ root, folder, link, hostProgram, pki, rounds, bytes, progress }) {
  const simulator = await startSimulator(root, link, ['--lab', 'off'])
  const results = []
  try {
    for (const secure of [false, true]) {
      const server = await startProftpd(join(folder, secure ? 'ftps' : 'ftp'), pki, secure, bytes)
      try {
        for (const command of [
          'ATE0',
          'AT#SGACT=1,0',
          'AT#SGACT=1,1',
          `AT#FTPCFG=100,0,${secure ? 1 : 0}`,
          ...(secure ? ['AT#SSLSECCFG=1,3,0'] : [])
        ]) {
          await client(hostProgram, link, 'at', command, 'OK\r\n')
        }
        await client(hostProgram, link, 'at', `AT#FTPOPEN="127.0.0.1:${server.port}","tester","secret",1`, 'OK\r\n')
        const measured = await interleaved(
          rounds,
          {
            own: async () => {
              await client(hostProgram, link, 'sync')
              const [ns] = await client(hostProgram, link, 'down', 'AT#FTPGET="file.bin"', String(bytes))
              return bytes / 1e6 / (Number(ns) / 1e9)
            },
            curl: async () => {
              const tls = secure
                ? ['--ssl-reqd', '-k', '--tls-max', '1.0', '--ciphers', 'AES128-SHA:@SECLEVEL=0', '--no-sessionid']
                : []
              const relay = await startBarePty(
                'relay',
                'curl',
                '-sS',
                ...tls,
                `ftp://tester:secret@127.0.0.1:${server.port}/file.bin`
              )
              try {
                const [ns] = await client(hostProgram, relay.link, 'down', '', String(bytes))
                return bytes / 1e6 / (Number(ns) / 1e9)
              } finally {
                await relay.stop()
              }
            }
          },
          (round) => progress(`${secure ? 'FTPS' : 'plain'} ${round}`)
        )
        await client(hostProgram, link, 'sync')
        await client(hostProgram, link, 'at', 'AT#FTPCLOSE', 'OK\r\n')
        const mbPerS = { own: median(measured.own), curl: median(measured.curl) }
        results.push({
          name: secure ? 'FTPS, AES128-SHA' : 'plain FTP',
          down: ratio(measured.own, measured.curl),
          mbPerS
        })
      } finally {
        await server.stop()
      }
    }
  } finally {
    await simulator.stop()
  }
  return results
}

const proftpd = '/usr/sbin/proftpd'

async function startProftpd(folder, pki, secure, bytes) {
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true })
  writeFileSync(join(files, 'file.bin'), Buffer.alloc(bytes, 'throughput '))
  const port = await freePort()
  const [uid, gid] = [process.getuid() || 65_534, process.getgid() || 65_534]
  const hash = execFileSync('openssl', ['passwd', '-1', 'secret']).toString().trim()
  writeFileSync(join(folder, 'users'), `tester:${hash}:${uid}:${gid}::${files}:/bin/bash\n`, { mode: 0o600 })
  execFileSync('chmod', ['755', join(folder, '..'), folder, files])
  const tls = [
    'TLSEngine on',
    'TLSProtocol TLSv1',
    'TLSCipherSuite AES128-SHA:@SECLEVEL=0',
    'TLSRequired on',
    `TLSRSACertificateFile ${pki.certificate}`,
    `TLSRSACertificateKeyFile ${pki.key}`,
    'TLSVerifyClient off',
    'TLSOptions NoSessionReuseRequired',
    'TLSRenegotiate none'
  ]
  writeFileSync(
    join(folder, 'proftpd.conf'),
    [
      ...(secure ? ['LoadModule mod_tls.c'] : []),
      'ServerType standalone',
      'ServerName bench',
      'DefaultServer on',
      'DefaultAddress 127.0.0.1',
      `Port ${port}`,
      'UseIPv6 off',
      'UseReverseDNS off',
      ...(process.getuid() === 0 ? ['User nobody', 'Group nogroup'] : []),
      `PidFile ${join(folder, 'pid')}`,
      `ScoreboardFile ${join(folder, 'scoreboard')}`,
      'AuthOrder mod_auth_file.c',
      `AuthUserFile ${join(folder, 'users')}`,
      'RequireValidShell off',
      'DefaultRoot ~',
      'WtmpLog off',
      'TransferLog none',
      '<IfModule mod_delay.c>',
      'DelayEngine off',
      '</IfModule>',
      ...(secure ? tls : []),
      ''
    ].join('\n')
  )
  const child = spawn(proftpd, ['-n', '-q', '-c', join(folder, 'proftpd.conf')], { stdio: 'ignore' })
  const ended = started(child)
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (child.exitCode !== null || tries > 500)
      throw new Error(`proftpd did not start: ${readFileSync(join(folder, 'proftpd.conf'), 'utf8')}`)
    await delay(10)
  }
  return { port, stop: () => (child.kill('SIGTERM'), ended) }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => (socket.destroy(), resolve(true)))
    socket.on('error', () => resolve(false))
  })
}
