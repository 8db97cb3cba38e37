import { counted } from '../../../shared/english/counted.ts'

/** The texts of the Why panel around the explanations, which `src/shared/explain` writes. */
export const whyWords = {
  panel: 'Why',
  /** In the panel's header. */
  lastFailure: { label: 'Last failure', title: 'Explain the last failure again, or the present state' },
  sides: { group: 'What is explained', failure: 'Failure', now: 'Now' },

  waiting: 'Failures are explained here once the simulator is connected.',
  asking: 'Asking the simulator',
  refused: (why: string) => `The simulator did not answer: ${why}`,
  askAgain: 'Ask again',
  nothingFailed: {
    title: 'Nothing has failed',
    text: 'When a command fails or a connection breaks, this panel explains why and how to fix it.'
  },
  foot: {
    otherSide: 'Press Failure to see the last failure.',
    noneSince: (time: string) => `No open failure since power-on at ${time}.`,
    none: 'No open failure.'
  },

  /** The headings of an explanation. */
  howToFix: 'How to fix it',
  causedBy: 'Caused by:',
  answer: { first: 'Answer', later: 'answer' },
  ruleAt: (where: string, text: string) => `${where}: ${text}`,
  values: { what: 'value', expected: 'expected', got: 'actual' },
  event: {
    title: 'Show it in the timeline',
    label: (line: string) => `Show the event: ${line}`,
    trailTitle: (line: string) => `${line}. Click to show it in the timeline.`
  },

  /** The small drawings. */
  validity: {
    label: (name: string, from: string, to: string, clock: string) =>
      `${name} is valid from ${from} to ${to}; the clock of the module was at ${clock}`,
    clock: (date: string) => `clock ${date}`,
    to: (date: string) => `valid to ${date}`,
    fromTo: (from: string, to: string) => `valid ${from} to ${to}`
  },
  suites: {
    group: 'Cipher suites of module and server',
    module: 'Cipher suites that the module offers',
    moduleHead: 'module offers',
    server: 'Cipher suites that the server supports',
    serverHead: 'server supports',
    unknown: 'not known',
    common: (count: number) => (count === 0 ? 'none in common' : `${count} in common`)
  },
  size: {
    label: (what: string, got: string, limit: string) => `${what}: ${got}, the limit is ${limit}`,
    ofLimit: (limitBytes: number) => `of ${limitBytes} B`
  },
  timer: {
    label: (name: string, elapsed: string, limit: string) => `${name}: ${elapsed} of ${limit}`,
    ofLimit: (limit: string) => `of ${limit}`
  },
  chain: {
    label: 'Certificate chain, the certificate of the server first',
    issuedBy: (issuer: string) => `issued by ${issuer}`,
    by: (issuer: string) => `by ${issuer}`,
    noAnchor: 'no CA certificate stored',
    stored: 'stored CA'
  },

  /** The buttons of remedies, with their labels while they work. */
  remedies: {
    fixed: 'Fixed: try the command again.',
    more: (count: number) => `${count === 1 ? '1 more way' : `${count} more ways`} to fix it`,
    copy: (lines: number) => (lines === 1 ? 'the command' : 'the commands'),
    thenCtrlZ: ' Ctrl-Z',
    notConnected: 'The simulator is not connected.',
    send: {
      one: 'Send it',
      lines: (count: number) => `Send ${counted(count, 'line')}`,
      entry: (text: string) => `Send ${text}`,
      ctrlZ: 'Send Ctrl-Z',
      esc: 'Send ESC',
      busy: 'Sending'
    },
    setClock: (date: string) => `Set ${date}`,
    begin: { label: 'Begin typing', busy: 'Typing' },
    open: { slots: 'Show NVM slots', clock: 'Show clock', lab: 'Show lab', busy: 'Opening' },
    lab: {
      certificate: { label: 'Reset certificate', busy: 'Changing', done: 'good certificate' },
      suites: { label: 'Reset suites', busy: 'Changing', done: 'all suites' },
      faults: { label: 'Clear faults', busy: 'Clearing' }
    },
    pressOn: { label: 'Press ON', busy: 'Starting' },
    plugIn: { label: 'Plug in', busy: 'Plugging in', done: 'Supply plugged in' },
    insertSim: { label: 'Insert SIM', busy: 'Inserting', done: 'SIM inserted' },
    replaceSim: { label: 'Replace SIM', busy: 'Replacing' },
    network: { label: 'Restore network', busy: 'Restoring', done: 'Network restored' },
    packetService: { label: 'Allow it', busy: 'Allowing', done: 'Packet service allowed' },
    apns: { label: 'Accept any APN', busy: 'Changing', done: 'Any APN is accepted' }
  },

  /** The events that caused a failure, in one or two words. */
  trail: {
    command: (name: string) => `AT${name}`,
    alert: 'alert',
    tls: 'TLS',
    check: 'check',
    tcp: (what: string) => `TCP ${what}`,
    ranOut: (timer: string) => `${timer} expired`,
    transition: (chart: string, to: string) => `${chart} ${to}`,
    ftp: (reply: string) => `FTP ${reply}`,
    nvm: 'NVM',
    typed: 'typed',
    printed: 'printed',
    dns: 'DNS'
  }
}
