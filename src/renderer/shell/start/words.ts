// The texts of the panel First steps.

import { seconds } from '../../state/sentence/formats.ts'

export const startWords = {
  name: 'First steps',
  waiting: 'The port appears here once the simulator answers.',
  inUse: {
    heading: (host: string | null) => `${host ?? 'A program'} has the port`,
    about: 'The timeline shows its bytes, the terminal the answers. One program at a time can have the port.',
    later: 'Once it has closed the port, you can try a first TLS session here, line by line.'
  },
  free: {
    heading: 'No program has opened the port yet',
    about: 'Open the port from another terminal:',
    orTry: (lines: number) =>
      `Or try a first TLS session here: ${lines} lines, from AT to a TLS connection and back, each with its effect.`
  },
  tryIt: 'Try it here',
  close: 'Close',
  closeTitle: 'To open this panel again, choose Open First steps in the command palette.',
  port: 'Port',
  portPath: 'the port’s path',
  command: (program: string) => `the ${program} command`
} as const

/** The texts of the first TLS session, typed line by line. */
export const sessionWords = {
  typeIt: 'Type it',
  typeItTitle: 'Type the line into the terminal of AT0',
  next: 'Next',
  tryAgain: 'Try again',
  waiting: 'Waiting for the result.',
  complete: 'The TLS session is complete. Its events are in the timeline.',
  stop: 'Stop',
  done: 'Done',
  /** The data for the server. */
  greeting: 'Hello from the board',
  failed: (resultCode: string, reason: string | null) =>
    reason === null ? `The result code is ${resultCode}.` : `The result code is ${resultCode}: ${reason}`,
  at: {
    aim: 'Checks that the module answers.',
    did: 'OK: the module answers.'
  },
  context: {
    aim: 'Asks the network for an address.',
    did: (address: string) => `The network gave the address ${address}.`,
    already: (address: string) => `The context is active, with the address ${address}.`
  },
  enable: {
    aim: 'Enables SSL.',
    did: 'SSL is enabled: #SSLS changed from 0 (disabled) to 1 (closed).',
    already: 'SSL is enabled.'
  },
  dial: {
    aim: 'Connects to the built-in TLS server.',
    did: (messages: number, ms: number, suite: string | null) =>
      `CONNECT: ${messages} messages in ${ms} ms agreed on the keys${suite === null ? '' : ` and on the suite ${suite}`}.`,
    already: (server: string | null) => `The module is online with ${server ?? 'a server'}.`
  },
  data: {
    aim: 'Is sent to the server, encrypted. The server sends it back.',
    did: (waitMs: number) =>
      `The module waited ${seconds(waitMs)} s for more (txTo) and sent one record. The server sent it back.`
  },
  escape: {
    aim: 'Returns to command mode. The connection stays open.',
    did: 'A silence, +++, a silence: the module is in command mode again. #SSLS is still 2 (open).'
  },
  close: {
    aim: 'Closes the connection.',
    did: 'The module sent close_notify and the server closed the connection. #SSLS is 1 (closed).',
    already: 'The server has closed the connection.'
  }
} as const
