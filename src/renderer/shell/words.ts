// The texts of the window's frame: title, panels, path strip, toasts, palette and the sheet of keys.

import { groupedCount } from '../state/sentence/formats.ts'

export const shellWords = {
  program: 'Telit SSL Simulator',
  titleWith: (product: string) => `${product} · Telit SSL Simulator`,
  sheets: { ports: 'Ports', capture: 'Captures' },
  panels: {
    board: 'Board',
    module: 'Module',
    context: 'PDP context',
    socket: 'SSL socket',
    nvm: 'NVM slots',
    timers: 'Timers',
    timeline: 'Timeline',
    terminal: 'Terminal',
    handshake: 'Handshake',
    lab: 'Lab',
    faults: 'Faults',
    why: 'Why',
    lessons: 'Lessons',
    start: 'First steps'
  },
  notLoaded: {
    about: 'This part of the window could not be loaded.',
    reload: 'Reload the window'
  },
  dropHere:
    'Captures (.pcapng, .pcap) can be dropped here, together with their key log. Drop certificates on their slots.',
  copyRefused: (what: string) => `The browser does not allow ${what} to be copied. Select the text and copy it by hand.`
} as const

export const pathWords = {
  name: 'State of the module',
  showChart: (stage: string, state: string, chart: string) => `${stage}: ${state}. Show the statechart ${chart}.`,
  tryNow: 'Try now'
} as const

export const toastWords = {
  dismiss: 'Dismiss',
  done: (act: string) => `${act}.`,
  undo: 'Undo',
  undoTitle: 'Undo this change (Ctrl-Z while no text is being edited)'
} as const

export const paletteWords = {
  name: 'Command palette',
  field: 'What do you want to do?',
  escape: 'Esc',
  list: 'Actions',
  nothing: (typed: string) => `No action matches “${typed}”. Try the name of a panel, a product or a fault.`,
  count: (shown: number, all: number) => `${shown} of ${groupedCount(all, 'action')}`
} as const

export const keySheetWords = {
  name: 'Keys and marks',
  marks: 'Marks of the timeline',
  markList: [
    ['TX', 'bytes from the host to the module, named as on the host'],
    ['RX', 'bytes from the module to the host'],
    ['URC', 'unsolicited result code of the module'],
    ['STATE', 'a statechart changed its state'],
    ['TLS, REC', 'a message or a record of the TLS connection'],
    ['CHECK', 'a rule was broken']
  ],
  notAffiliated: 'Telit SSL Simulator is not affiliated with Telit.'
} as const
