import { canHappen } from '../statecharts/ask.ts'
import type { ChartDeclaration, AnyChartId } from '../statecharts/chart.ts'
import type { ChartEvent } from '../statecharts/index.ts'
import type { CommandDeclaration } from './declaration.ts'
import type { CommandName } from './index.ts'

/** The chart event that a command needs. Without a transition for it, the command is refused. */
export interface CommandAsk<Id extends AnyChartId = AnyChartId> {
  readonly event: ChartEvent<Id>
  readonly command: CommandName
  /** Arguments that distinguish several uses of one command: `=1,0`. */
  readonly typed?: string
}

/** By chart. A test checks the table against the running module. */
export const commandAsks: { readonly [Id in AnyChartId]?: readonly CommandAsk<Id>[] } = {
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
    // It closes an open connection first (D-14).
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

/** The commands that are legal in a state of a chart, as far as that chart decides. */
export interface LegalCommands {
  /** Those that need a transition, with their arguments. */
  readonly asked: readonly string[]
  /** Those that only need the state and do not change it. */
  readonly standing: readonly string[]
}

/** Returns the commands that are legal in a state, derived from the chart and from the declarations in `commands`. */
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
  // No other SSL command works before #SSLEN (G-3.1-2). While ENABLE has a transition, SSL is not enabled.
  if (chart.id === 'ssl') return canHappen(chart, state, 'ENABLE') ? [] : others.filter((one) => one.needsSsl)
  return []
}
