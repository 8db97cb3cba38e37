import { picocomLine } from '../../shared/hardware/terminal-programs.ts'
import { LOOPBACK } from '../options/listen-address.ts'
import type { SimulatorOptions } from '../options/options.ts'
import type { Simulator } from '../simulator/simulator.ts'
import { removeReadyFile, writeReadyFile } from './ready-file.ts'

/**
 * Announces that the simulator is ready, on standard output and in the ready file; notices go to standard error first.
 * Returns a function that removes the ready file at the end. Throws a ReadyFileError when the file cannot be written.
 */
export function reportReady(simulator: Simulator, options: SimulatorOptions): () => void {
  for (const notice of simulator.notices) process.stderr.write(`telit-sim: ${notice}\n`)
  const line = JSON.stringify(simulator.ready)
  const { readyFile } = options
  if (readyFile !== null) writeReadyFile(readyFile, line)
  process.stdout.write(options.json ? `${line}\n` : forPeople(simulator, options))
  return () => {
    if (readyFile !== null) removeReadyFile(readyFile, line)
  }
}

function forPeople({ ready }: Simulator, { tcp, rfc2217 }: SimulatorOptions): string {
  const rows: [string, string][] = []
  for (const { link } of ready.ports) rows.push(['serial port', link], ['', picocomLine(link)])
  if (ready.tcp !== null) rows.push(['AT over TCP', `${tcp?.host ?? LOOPBACK}:${ready.tcp}`])
  if (ready.rfc2217 !== null) rows.push(['RFC 2217', `rfc2217://${rfc2217?.host ?? LOOPBACK}:${ready.rfc2217}`])
  if (ready.ui !== null) rows.push(['board', ready.ui])
  if (ready.lab.tls)
    rows.push(['TLS echo', `${ready.lab.tls.host}:${ready.lab.tls.port}, and 123.124.125.126:443 as in the guide`])
  if (ready.lab.https) {
    rows.push(['HTTPS', `${ready.lab.https.host}:${ready.lab.https.port}, and www.example.lab:443`])
    if (ready.lab.ftps) rows.push(['FTPS', `${ready.lab.ftps.host}:${ready.lab.ftps.port}, any user and password`])
    rows.push(['its CA', ready.lab.ca ?? ''])
  }
  for (const { host, port, connId } of ready.forwards) rows.push([`listener ${connId}`, `${host}:${port}`])
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)
  return [`${ready.product}, software ${ready.software}, is on and registered. Ctrl-C ends it.`, ...lines, ''].join(
    '\n'
  )
}
