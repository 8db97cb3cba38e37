import { ok } from '../../src/main/module/at/answer.ts'
import type { Chart } from '../../src/main/module/chart.ts'
import type { HandlersOf } from '../../src/main/module/commands/handler.ts'
import { handlers } from '../../src/main/module/commands/index.ts'
import type { Registration } from '../../src/main/module/network/registration.ts'
import type { Settings } from '../../src/main/module/settings.ts'
import type { SimulatorApi } from '../../src/shared/api/api.ts'
import type { SimulatorCalls } from '../../src/shared/carrier/calls-over.ts'
import type { CommandAsk } from '../../src/shared/commands/asks.ts'
import type { CommandDeclaration } from '../../src/shared/commands/declaration.ts'
import type { CommandName } from '../../src/shared/commands/index.ts'
import { labFaultById, type NetworkFaultId } from '../../src/shared/lab/faults.ts'
import type { BoardActName } from '../../src/shared/timeline/events.ts'

/**
 * Mistakes that must not compile: each line below an `@ts-expect-error` is one. The compiler is the test (`npm run
 * typecheck`); nothing here runs.
 */
const planted = [
  {
    name: '#FOO',
    summary: 'a level',
    forms: ['set', 'read'],
    parameters: [{ kind: 'number', name: 'level', ranges: [[0, 3]], about: 'level' }],
    sources: ['D-34'],
    confidence: 'inferred'
  },
  {
    name: '#BAR',
    summary: 'a text',
    forms: ['execute', 'set'],
    parameters: [{ kind: 'text', name: 'word', maxChars: 9, about: 'word', optional: true }],
    sources: ['D-34'],
    confidence: 'inferred'
  }
] as const satisfies readonly CommandDeclaration[]

type Planted = HandlersOf<(typeof planted)[number]>

export const arguments_: Planted = {
  '#FOO': {
    set: (args, { print }) => {
      print(String(args.level + 1))
      // @ts-expect-error a parameter that is misspelt
      print(String(args.lvel))
      // @ts-expect-error a number that is taken for a text
      print(args.level.toUpperCase())
      return ok
    },
    read: () => ok
  },
  '#BAR': {
    execute: () => ok,
    set: (args, { print }) => {
      // @ts-expect-error a parameter that may have been left out
      print(args.word)
      return ok
    }
  }
}

// @ts-expect-error a form that is declared and not there
export const formMissing: Planted['#FOO'] = { set: () => ok }
// @ts-expect-error a form that is not declared
export const formTooMany: Planted['#BAR'] = { execute: () => ok, set: () => ok, read: () => ok }
// @ts-expect-error a command that is declared and does nothing
export const handlerMissing: Planted = { '#FOO': arguments_['#FOO'] }
// @ts-expect-error a command that is not declared
export const handlerTooMany: Planted = { ...arguments_, '#BAZ': arguments_['#BAR'] }
// @ts-expect-error the table of the module has what is declared, and nothing else
export const unknownCommand = handlers['#SSLDD']
// @ts-expect-error a command that does not exist
export const noCommand: CommandName = '#SSLDD'

declare const chart: Chart<'ssl'>
declare const settings: Settings
declare const registration: Registration

// @ts-expect-error an event that the chart does not have
chart.send('FALED')
// @ts-expect-error a state that the chart does not have
chart.within('opne')
// @ts-expect-error a comparison that can never be true
export const isOnline = chart.state === 'open.onlin'
// @ts-expect-error a comparison that can never be true
export const isHome = registration.state === 'hom'
// @ts-expect-error a setting that does not exist
settings.get('#NITZ.mod')
// @ts-expect-error a setting that does not exist
settings.set('S13', 1)
// @ts-expect-error an event that the chart of the SIM does not have
export const ask: CommandAsk<'sim'> = { event: 'DIAL', command: '#SSLD' }

// @ts-expect-error a fault that does not exist
labFaultById('network-lost')
// @ts-expect-error a fault of the network that does nothing: this is how the table of behaviours is typed
export const behaviours: Readonly<Record<NetworkFaultId, () => void>> = { 'network-loss': () => {} }
// @ts-expect-error an act of the board that nobody does: this is how the table of acts is typed
export const acts: Readonly<Record<BoardActName, () => void>> = { key: () => {} }

declare const calls: SimulatorCalls
// @ts-expect-error a call that is not declared
export const unknownCall = calls.selectProduc
// @ts-expect-error a carrier that forgets the subscription
export const carrier: SimulatorApi = calls
