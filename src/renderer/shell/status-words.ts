// The texts of the status bar. Of a name and a value beside each other, the name comes first and the value is
// emphasised.

import { counted } from '../../shared/english/counted.ts'
import { grouped, groupedCount } from '../state/sentence/formats.ts'

export const statusWords = {
  name: 'Status',
  clock: {
    label: 'Module clock',
    notSet: 'not set',
    byNetwork: 'The network sets the module’s clock (NITZ).',
    byHand: 'The network does not set the module’s clock.'
  },
  nvm: {
    label: 'NVM',
    notKept: 'not kept',
    notKeptTitle: 'NVM lasts until the simulator ends.',
    unchanged: 'unchanged',
    saved: (time: string) => `saved ${time}`,
    savedTitle: (folder: string) => `NVM is kept in ${folder}`
  },
  lab: {
    label: 'TLS server',
    title: (address: string) =>
      `The built-in TLS server, an echo: ${address}. It also answers at 123.124.125.126:443, as in the guide.`,
    copy: 'the AT commands that dial it',
    offLabel: 'Lab',
    off: 'off'
  },
  missed: {
    label: 'This window missed',
    title:
      'More came than this window could draw. The simulator has all events; reload the window to fetch the newest ones.',
    parts: (events: number, outputBytes: number) =>
      [events > 0 ? groupedCount(events, 'event') : '', outputBytes > 0 ? `${grouped(outputBytes)} B of output` : '']
        .filter((part) => part !== '')
        .join(', ')
  },
  events: {
    title: 'Events since the simulator started. The oldest are dropped when their memory is full.',
    /** Follows the number of events. */
    rest: (events: number, dropped: number) => `${events === 1 ? 'event' : 'events'}, ${grouped(dropped)} dropped`
  },
  files: {
    capture: 'Capture',
    transcript: 'Transcript',
    off: 'off',
    offTitle: 'Nothing is captured to a file (--capture FILE). Record in the toolbar saves a range of events.',
    bytes: (bytes: number) => `${grouped(bytes)} B`,
    stopped: 'stopped'
  },
  keyLog: {
    label: 'Key log',
    on: (sessions: number) => `Key log on, ${sessions}`,
    onTitle: (sessions: number, file: string | null) =>
      `The secrets of ${counted(sessions, 'TLS session')} are kept${file === null ? '' : ` and written to ${file}`}. Click to turn the key log off and forget them.`,
    off: 'off',
    offTitle: 'The secrets of TLS sessions are not kept.'
  }
} as const
