import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'

/** Ready lines that open a port from another terminal, for the programs that people have. */
export function openCommands(
  port: Pick<PortSnapshot, 'kind' | 'name'>
): readonly { readonly program: string; readonly line: string }[] {
  const name = quoted(port.name)
  // A network port is called by what it speaks as well: `tcp 127.0.0.1:5000`.
  const address = port.name.replace(/^(tcp|rfc2217) /, '')
  if (port.kind === 'rfc2217') {
    return [{ program: 'pyserial', line: `python3 -m serial.tools.miniterm rfc2217://${address} 115200` }]
  }
  if (port.kind === 'tcp') {
    return [
      { program: 'pyserial', line: `python3 -m serial.tools.miniterm socket://${address}` },
      { program: 'netcat', line: `nc ${address.replace(/:(\d+)$/, ' $1')}` },
      { program: 'telnet', line: `telnet ${address.replace(/:(\d+)$/, ' $1')}` }
    ]
  }
  return [
    { program: 'minicom', line: `minicom -D ${name} -b 115200` },
    { program: 'picocom', line: `picocom -b 115200 ${name}` },
    { program: 'pyserial', line: `python3 -m serial.tools.miniterm ${name} 115200` }
  ]
}

/** Fit for a POSIX shell: quoted only where it has to be. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
