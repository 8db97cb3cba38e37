/** How picocom opens a port: its Backspace key sends DEL, and the module takes BS only (S5). */
export const picocomLine = (path: string): string => `picocom -b 115200 --omap delbs ${path}`

/**
 * Command lines for a shell that open a port with the terminal programs that people have: the same in the window, on the command line and
 * in the recipes.
 */
export const programLines = {
  pty: [
    { program: 'minicom', line: (path: string) => `minicom -D ${path} -b 115200` },
    { program: 'picocom', line: picocomLine },
    { program: 'pyserial', line: (path: string) => `python3 -m serial.tools.miniterm ${path} 115200` }
  ],
  tcp: [
    {
      program: 'pyserial',
      line: (host: string, port: string) => `python3 -m serial.tools.miniterm socket://${host}:${port}`
    },
    { program: 'netcat', line: (host: string, port: string) => `nc ${host} ${port}` },
    { program: 'telnet', line: (host: string, port: string) => `telnet ${host} ${port}` }
  ],
  rfc2217: [
    {
      program: 'pyserial',
      line: (host: string, port: string) => `python3 -m serial.tools.miniterm rfc2217://${host}:${port} 115200`
    }
  ]
}
