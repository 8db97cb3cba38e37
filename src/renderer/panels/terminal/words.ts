import type { CommandForm } from '../../../shared/commands/declaration.ts'
import type { NameStanding } from '../../../shared/commands/known-names.ts'
import { counted } from '../../../shared/english/counted.ts'

/** A piece of a sentence: plain text, code, or a key cap. */
export type Piece = string | { readonly code: string } | { readonly key: string }

/** The texts of the terminal panel: screen, buttons, paste, files and command help. */
export const terminalWords = {
  panel: 'Terminal',
  panelOf: (instance: number) => `Terminal AT${instance}`,
  instance: (instance: number) => `AT${instance}`,

  /** Why the window cannot type. */
  cannotType: {
    portTaken: 'Another program has the port open, so the window cannot type.',
    notConnected: 'The simulator is not connected.'
  },
  anotherProgram: 'another program',
  watching: {
    label: (program: string) => `Watching ${program}`,
    title: (program: string) => `${program} has the port open. What it sends and receives is shown here.`
  },

  /** Shown while no program is connected and nothing was typed. */
  first: {
    nobody: 'No program is connected to',
    portPath: 'the port’s path',
    typeHere: 'Type here'
  },

  keys: {
    ctrlZ: { label: 'Ctrl-Z', title: 'Sends Ctrl-Z (SUB): ends the entry at a > prompt' },
    esc: { label: 'ESC', title: 'Sends ESC: cancels the entry at a > prompt' },
    escape: {
      label: '+++',
      waiting: 'Waiting',
      title:
        'Sends +++ to return to command mode. The line must be silent for the guard time S12 (1 s by default) before and after it. ' +
        'The window waits before it; do not type after it.'
    }
  },

  find: {
    label: 'Find in the terminal',
    title: 'Find (Ctrl-Shift-F)',
    placeholder: 'Find',
    none: 'no match',
    found: (at: number, count: number) => `${at} of ${count}`,
    close: 'Close the search',
    closeTitle: 'Close (Esc)'
  },
  copy: {
    label: 'Copy the selection or, without one, everything',
    title: 'Copy the selection or, without one, everything (Ctrl-Shift-C)',
    refused: 'The browser does not allow copying from here. Select the text and copy it with the keyboard.'
  },

  file: {
    send: 'Send a file',
    sending: 'Sending',
    title: 'Sends the bytes of a file to the > prompt, then Ctrl-Z. You can also drop a file on the terminal.',
    input: 'File for the prompt',
    noPrompt: (instance: number) =>
      `AT${instance} is not at a > prompt. A command such as AT#SSLSECDATA=1,1,1,<size> opens one.`,
    tooLarge: (name: string, bytes: number, maxBytes: number) =>
      `${name} has ${bytes} bytes. A prompt takes at most ${maxBytes}.`
  },

  paste: {
    label: 'Pasted lines',
    offer: (count: number, first: string, leftOut: number) =>
      `${counted(count, 'line')}: ${first} …${leftOut > 0 ? ` (${counted(leftOut, 'other line')} left out)` : ''}`,
    progress: (at: number, count: number, line: string) => `${at} of ${count}: ${line}`,
    stopped: (why: string, left: number) =>
      `${why}. ${left === 0 ? 'That was the last line.' : left === 1 ? '1 line is left.' : `${left} lines are left.`}`,
    atPrompt: 'The module now waits at a > prompt',
    result: (line: string, code: string) => `The result code of ${line} is ${code}`,
    notSent: 'The line was not sent',
    start: 'Send one by one',
    goOn: 'Continue',
    stop: 'Stop',
    close: 'Cancel'
  },

  completions: {
    label: 'Completions',
    set: 'set values, or run with them',
    read: 'read the present values',
    test: 'list the valid values',
    guideHost: 'the TLS echo server of the lab, as in the guide',
    guidePort: 'the TLS port of the guide',
    default: 'the default value',
    isDefault: ' (default)'
  },

  help: {
    label: 'Help for the command line',
    start: [
      'Type ',
      { code: 'AT' },
      ' and a command, then Enter. ',
      { key: 'Tab' },
      ' completes or lists. ',
      { key: '↑' },
      ' and ',
      { key: '↓' },
      ' find earlier lines with the same beginning.'
    ] satisfies readonly Piece[],
    /** Where typed bytes go outside command mode, by state of the data chart. */
    data: {
      off: 'The module is powered off or booting. It does not hear the port.',
      entry:
        'The module takes what you type as data. Ctrl-Z ends the entry and ESC cancels it. An entry with a byte count ends by itself.',
      online:
        'Every byte goes to the server. +++ with one second of silence before and after it returns to command mode.'
    },
    forms: {
      set: 'set form',
      read: 'read form',
      execute: 'execute form',
      test: 'test form'
    } satisfies Record<CommandForm | 'test', string>,
    formTitles: {
      set: 'Set form',
      read: 'Read form',
      execute: 'Execute form',
      test: 'Test form: lists the valid values'
    } satisfies Record<CommandForm | 'test', string>,
    noForm: (name: string, form: string) => `${name} has no ${form}.`,
    tooMany: (takes: number) => `Too many parameters: the command takes ${takes}.`,
    summary: (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
    approximate: (text: string) => `In the simulator: ${text}.`,
    longer: 'Longer names:',
    upTo: (chars: number) => `up to ${chars} characters`,
    unit: (unit: string) => `, unit: ${unit}`,
    default: 'default',
    optional: 'optional'
  },

  /** Why the product has no such command. `here`: product and software version. */
  absent: {
    register: 'S registers: S<n>? reads one, S<n>=<value> sets it.',
    elsewhere: (here: string) => `${here} does not have this command; other products or software versions do.`,
    notEmulated: (about: string, why: string) => `${about}: not emulated, ${why}.`,
    standing: {
      emulated: (here) => `${here} does not have this command: it gives ERROR.`,
      'not emulated here': () => 'The module has this command, but the simulator does not emulate it: it gives ERROR.',
      'not on this product': (here) => `Other products have this command. On ${here} it gives ERROR.`,
      unknown: (here) => `${here} has no command with this name: it gives ERROR.`
    } satisfies Record<NameStanding, (here: string) => string>
  }
}
