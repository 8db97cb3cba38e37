import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'
import { programLines } from '../../../shared/hardware/terminal-programs.ts'

/** Returns command lines that open a port with common terminal programs. */
export function openCommands(
  port: Pick<PortSnapshot, 'kind' | 'name'>
): readonly { readonly program: string; readonly line: string }[] {
  if (port.kind === 'pty' || port.kind === 'serial') {
    const path = quoted(port.name)
    return programLines.pty.map(({ program, line }) => ({ program, line: line(path) }))
  }
  // The name of a network port begins with its protocol: `tcp 127.0.0.1:5000`.
  const address = port.name.replace(/^(tcp|rfc2217) /, '')
  const colon = address.lastIndexOf(':')
  const [host, number] = [address.slice(0, colon), address.slice(colon + 1)]
  return programLines[port.kind].map(({ program, line }) => ({ program, line: line(host, number) }))
}

/** Quotes text for a POSIX shell if needed. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
