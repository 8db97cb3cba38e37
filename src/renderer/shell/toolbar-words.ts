// The texts of the toolbar: product, keys, speed, recording and ports.

import type { PortSnapshot } from '../../shared/calls/snapshot.ts'
import { grouped, groupedCount } from '../state/sentence/formats.ts'

export const toolbarWords = {
  name: 'Simulator',
  palette: 'Command palette',
  paletteTitle: (key: string) => `Command palette (${key})`,
  help: 'Keys and help',
  helpTitle: 'Keys and help (?)',
  themes: { system: 'system', light: 'light', dark: 'dark' },
  theme: (theme: string) => `Theme: ${theme}`,
  themeTitle: (theme: string, next: string) => `Theme: ${theme}. Click to change to ${next}.`,
  panel: {
    withCount: (panel: string, count: number) => `${panel}, ${count}`,
    isOpen: (panel: string) => `${panel} is open`,
    open: (panel: string) => `Open ${panel}`
  }
} as const

export const keyWords = {
  power: 'Power',
  starting: 'Starting',
  shuttingDown: 'Shutting down',
  onKey: ', the ON key',
  startTitle: 'ON key: start the module',
  shutDownTitle: 'ON key: shut the module down, as AT#SHDN does',
  reset: 'Reset',
  resetting: 'Resetting',
  resetTitle: 'RESET key: restart the module. The NVM stays as it is.',
  offTitle: 'The module is off. The ON key starts it.'
} as const

export const speedWords = {
  label: 'Speed of module time',
  title: (speed: number) =>
    `Module time runs ${speed === 1 ? 'in real time' : `${speed} times as fast as real time`}, and with it all timers.`,
  times: (speed: number) => `${speed}×`
} as const

export const recordWords = {
  record: 'Record',
  fromNowOn: ' from now on',
  recordTitle: 'Start to record events, to save them as a file later',
  stop: (events: number) => `Stop, ${grouped(events)}`,
  stopTitle: 'Stop recording, and save the recorded events as a file',
  dialog: 'Save the recording',
  events: (events: number) => groupedCount(events, 'event'),
  since: (time: string) => `since ${time}.`,
  nothing: 'There is nothing to save.',
  saveAs: 'You can save them in more than one format.',
  formats: {
    pcapng: { name: 'Capture', about: 'pcapng, for Wireshark' },
    text: { name: 'Text', about: 'one line per event, to read' },
    jsonl: { name: 'JSON lines', about: 'one object per event, for programs' }
  },
  decrypted: (about: string) => `${about}, opens decrypted`,
  encrypted: (about: string) => `${about}, encrypted because the key log is off`,
  saving: (percent: number) => `Saving, ${percent} %`,
  done: 'Done'
} as const

export const serialWords = {
  ports: 'Ports',
  portsTitle: 'Open and close ports, and see which host has them',
  none: 'no port is open',
  path: 'the port’s path',
  open: (host: string | null) => `open, ${host ?? 'a host'}`,
  closed: 'closed',
  /** A port in one line, with its client and the number of bytes. */
  port: (port: PortSnapshot): string =>
    [
      `AT${port.instance} ${port.name} (${port.kind}): ${port.clientPresent ? serialWords.open(port.client) : serialWords.closed}`,
      `${port.bytesFromHost} B from the host`,
      `${port.bytesToHost} B to the host`
    ].join(', ')
} as const

export const productWords = {
  none: 'No module yet',
  product: 'Product',
  family: (family: string) => `${family} family`,
  software: 'Software version',
  /** The question before the restart. */
  change: {
    name: 'Restart as another product',
    withSoftware: 'with software version',
    insteadOf: (product: string) => `instead of ${product}`,
    soldAs: (names: readonly string[]) => `, also sold as ${names.join(' and ')}`,
    adds: (software: string, what: string) => `${software} has ${what}.`,
    list: 'What changes',
    gained: 'Adds',
    lost: 'Removes',
    nothing: 'The commands, suites and limits stay the same.',
    was: (value: string) => `was ${value}`,
    restarts: 'Another product or software version restarts the module. Each product has its own NVM.',
    keep: (product: string) => `Keep ${product}`,
    restart: (product: string) => `Restart as ${product}`,
    restarting: 'Restarting'
  }
} as const
