import { DEFAULT_PRODUCT } from '../../shared/products/catalog.ts'
import { profileSwitches } from '../../shared/products/switches.ts'

/** Usage of each switch with its values. The value of the newest products is first. */
const switchUsage = [
  '  --switch NAME=VALUE     set a behaviour that the sources leave open (repeatable):',
  ...profileSwitches.map(({ name, values }) => `                          ${name}=${values.join('|')}`)
].join('\n')

/** The text of `--help`. */
export const usage = `telit-sim [serve] [options]
telit-sim products [--json]   list families, products, software versions and their differences
telit-sim doctor [PORT] [--json]   say why a terminal program cannot use the serial port, and what to do; status 1 when something is wrong
telit-sim check TRANSCRIPT [--secret NAME=FILE]… [--seed N] [--product NAME] [--software VERSION] [--json]
                        replay the host's side of a transcript and compare the answers; status 1 when they differ

  --headless              run without a window
  --ui PORT|off           port of the board for browsers (default: a free port); off: only the control WebSocket
  --product NAME          product (default ${DEFAULT_PRODUCT})
  --software VERSION      software version (default: the newest of the product's line)
  --instances N           number of AT instances, 1 to 3 (default 1)
  --link PATH             path of a serial port, once for each AT instance (default: in the user's runtime folder)
  --tcp [HOST:]PORT       offer the AT port over TCP too; on loopback, unless HOST is another address of this machine
  --rfc2217 [HOST:]PORT   the same for RFC 2217 clients, with modem lines and rates
  --serial PATH[@BAUD[,8N1][,rtscts][,dtr=dcd|dsr|ri]]
                          connect a real UART to the AT port; dtr: the line of the module to which its DTR is wired
  --pace BAUD|follow|off  send bytes at the speed of a serial line: at this rate, or at the host's (default off)
  --state DIR|none        folder of the module's NVM (default: in the user's data folder)
  --preloaded-ca FILE     preloaded CA certificate of HE910 and UE910 (default: preloaded-ca.pem of the state folder)
  --speed X               speed of module time (default 1)
  --latency none|real     delay of answers: none, or as on real modules (default none)
  --seed N                use a fixed random seed (tests only: TLS sessions are then predictable)
${switchUsage}
  --lab on|off            run the built-in TLS echo, web server and FTPS server (default on)
  --route HOST:PORT=HOST:PORT   redirect connections from the first address to the second (repeatable)
  --forward [HOST:]PORT=CONNID   lead callers and datagrams for this port to the module's listener with this connection
                          id, 1 to 6 (repeatable); on loopback, unless HOST is another address of this machine
  --capture FILE.pcapng   write a capture of the IP and AT traffic; with --keylog it opens decrypted
  --keylog FILE           write the secrets of TLS sessions, as NSS key log lines
  --transcript FILE       write what host and module send, with times, as text
  --json                  print JSON lines
  --ready-file FILE       write the ready line to this file too; it exists only while the program runs
  --help                  print this text
`
