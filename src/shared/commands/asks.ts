import type { ChartDeclaration, ChartId } from '../statecharts/chart.ts'
import { canHappen } from '../statecharts/ask.ts'
import type { ChartEvent } from '../statecharts/index.ts'
import type { CommandDeclaration } from './declaration.ts'
import type { CommandName } from './index.ts'

/** What a command asks of a statechart: where the machine has no way on for the event, the command is refused. */
export interface CommandAsk<Id extends ChartId = ChartId> {
  readonly event: ChartEvent<Id>
  readonly command: CommandName
  /** What is typed behind the name for it, where one command asks for several things: `=1,0`. */
  readonly typed?: string
}

/** By chart. A test asks the running module whether it is so. */
export const commandAsks: { readonly [Id in ChartId]?: readonly CommandAsk<Id>[] } = {
  power: [
    { event: 'SHUT_DOWN', command: '#SHDN' },
    { event: 'RESTART', command: '#REBOOT' }
  ],
  sim: [
    { event: 'PIN_RIGHT', command: '+CPIN', typed: '=<pin>' },
    { event: 'PUK_RIGHT', command: '+CPIN', typed: '=<puk>,<new pin>' }
  ],
  registration: [
    { event: 'SEARCH', command: '+COPS', typed: '=0' },
    { event: 'RADIO_OFF', command: '+COPS', typed: '=2' }
  ],
  pdp: [
    { event: 'ACTIVATE', command: '#SGACT', typed: '=1,1' },
    { event: 'DEACTIVATE', command: '#SGACT', typed: '=1,0' }
  ],
  ssl: [
    { event: 'ENABLE', command: '#SSLEN', typed: '=1,1' },
    { event: 'DISABLE', command: '#SSLEN', typed: '=1,0' },
    // It closes what is open first (D-14).
    { event: 'HANG_UP', command: '#SSLEN', typed: '=1,0' },
    { event: 'DIAL', command: '#SSLD' },
    { event: 'DIAL', command: '#SSLFASTD' },
    { event: 'GO_ONLINE', command: '#SSLO' },
    { event: 'SEND', command: '#SSLSEND' },
    { event: 'SEND', command: '#SSLSENDEXT' },
    { event: 'RECEIVE', command: '#SSLRECV' },
    { event: 'HANG_UP', command: '#SSLH' }
  ],
  ftp: [
    { event: 'OPEN', command: '#FTPOPEN' },
    ...(['#FTPTYPE', '#FTPPWD', '#FTPCWD', '#FTPFSIZE', '#FTPDELE'] as const).map(
      (command) => ({ event: 'COMMAND', command }) as const
    ),
    ...(['#FTPLIST', '#FTPGET', '#FTPPUT', '#FTPAPP'] as const).map(
      (command) => ({ event: 'TRANSFER_ONLINE', command }) as const
    ),
    { event: 'TRANSFER_COMMAND', command: '#FTPGETPKT' },
    { event: 'RECEIVE', command: '#FTPRECV' },
    { event: 'APPEND', command: '#FTPAPPEXT' },
    { event: 'CLOSE', command: '#FTPCLOSE' }
  ]
}

/** The commands that are legal in a state of a chart, as far as that chart decides it. */
export interface LegalCommands {
  /** Those that ask the chart for something, as they are typed. */
  readonly asked: readonly string[]
  /** Those that only need the state and change nothing in it. */
  readonly standing: readonly string[]
}

/** Asked of the machine and of the declarations of a product's `commands`, never of a list of states. */
export function legalCommands(
  chart: ChartDeclaration,
  state: string,
  commands: ReadonlyMap<string, CommandDeclaration>
): LegalCommands {
  const asks = (commandAsks[chart.id] ?? []).filter((ask) => commands.has(ask.command))
  const asked = asks.filter((ask) => canHappen(chart, state, ask.event)).map((ask) => ask.command + (ask.typed ?? ''))
  const names = new Set<string>(asks.map((ask) => ask.command))
  const others = [...commands.values()].filter((one) => !names.has(one.name))
  return { asked, standing: standing(chart, state, others).map((one) => one.name) }
}

function standing(
  chart: ChartDeclaration,
  state: string,
  others: readonly CommandDeclaration[]
): readonly CommandDeclaration[] {
  // Before #SSLEN no other SSL command works (G-3.1-2); where it can still be given, it has not been.
  if (chart.id === 'ssl') return canHappen(chart, state, 'ENABLE') ? [] : others.filter((one) => one.needsSsl)
  return []
}
