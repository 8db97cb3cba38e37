import type { PortSnapshot } from '../../../shared/api.ts'

/** Ready lines that open a port from another terminal, for the programs that people have. */
export function openCommands(port: Pick<PortSnapshot, 'kind' | 'name'>): readonly { readonly program: string; readonly line: string }[] {
  const name = quoted(port.name)
  if (port.kind === 'tcp') {
    return [
      { program: 'pyserial', line: `python3 -m serial.tools.miniterm socket://${port.name}` },
      { program: 'netcat', line: `nc ${port.name.replace(/:(\d+)$/, ' $1')}` },
      { program: 'telnet', line: `telnet ${port.name.replace(/:(\d+)$/, ' $1')}` }
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
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll('\'', String.raw`'\''`)}'`
}
