// The texts of the path strip: the names of its stages, the state of the module, and what follows from it.

import { counted } from '../../../shared/english/counted.ts'

export const stageWords = {
  power: 'Power',
  registration: 'Network',
  pdp: 'Context',
  ssl: 'SSL socket',
  data: 'Data mode',
  ftp: 'FTP',
  unknown: 'unknown'
} as const

/** `server`: the server's address, or `null` while it is not known. Times are in seconds, as `1.9 s`. */
export const nowWords = {
  connecting: 'Connecting to the simulator.',
  power: {
    off: 'The module is off.',
    offRest: 'It does not hear the port. Press Power, the ON key, to start it.',
    booting: 'The module is booting.',
    bootingRest: 'It does not hear the port yet.'
  },
  failure: {
    dial: 'The dial failed.',
    connection: 'The connection broke.',
    because: (reason: string) => `${reason}.`,
    denied: 'The network rejects this SIM.',
    deniedRest: 'Nothing can be dialled until the network accepts it.'
  },
  port: {
    entry: 'The module takes text after the > prompt.',
    entryRest: 'Ctrl-Z ends the entry, ESC cancels it.',
    busy: 'A command is running.',
    busyRest: (left: string, consequence: string) => `What is typed waits; ${left} left, ${consequence}.`
  },
  socket: {
    dialling: (server: string | null) => `Dialling ${server ?? 'the server'}.`,
    diallingRest: 'The name is looked up and TCP is opened; then the handshake starts.',
    handshake: (server: string | null) => `Handshake with ${server ?? 'the server'}.`,
    online: (server: string | null) => `Online with ${server ?? 'the server'}.`,
    draining: 'The connection has ended.',
    drainingRest: (heldBytes: number) => `${counted(heldBytes, 'byte')} can still be read with AT#SSLRECV.`,
    connected: (server: string | null) => `Connected to ${server ?? 'the server'}.`,
    heldRest: (heldBytes: number) =>
      `${counted(heldBytes, 'byte')} ${heldBytes === 1 ? 'waits' : 'wait'}; AT#SSLRECV reads ${heldBytes === 1 ? 'it' : 'them'}.`,
    connectedRest: 'AT#SSLSEND sends data, AT#SSLO enters online mode, AT#SSLH closes the connection.',
    closing: 'The SSL socket is closing.',
    closingRest: 'close_notify is on its way.'
  },
  /** `newest`: the last message so far. `left`: the time until the next message must have come, or `null` while that timer does not run. */
  handshake: (newest: { readonly name: string; readonly direction: 'in' | 'out' } | null, left: string | null) => {
    const newestWords = newest
      ? `${newest.name} ${newest.direction === 'in' ? 'received' : 'sent'}`
      : 'Nothing sent yet'
    return left === null ? `${newestWords}.` : `${newestWords}; ${left} left for the next message.`
  },
  online: {
    escape: (left: string) => `+++ was received. After ${left} of silence the module returns to command mode.`,
    nothingWaits: 'Every byte goes to the server. +++ with a silence before and after it returns to command mode.',
    /** `left`: the time until they are sent, or `null` where they wait for a full record. */
    waits: (bytes: number, packetBytes: number, left: string | null) =>
      `${bytes} of ${packetBytes} bytes wait; they are sent ${left === null ? 'when the record is full' : `in ${left}`}.`
  },
  ftp: (state: string) => `FTP session: ${state}.`,
  network: {
    searching: 'Searching for a network.',
    searchingRest: 'Once the module is registered, AT#SGACT=1,1 gets an address.',
    idle: 'Not registered.',
    idleRest: 'The radio or the search is off; AT+COPS=0 starts a search.'
  },
  sim: {
    absent: 'There is no SIM in the module.',
    absentRest: 'It registers once a SIM is inserted (tab Network).',
    pin: 'The SIM asks for its PIN.',
    pinRest: (pin: string, triesLeft: number) => `AT+CPIN=${pin} enters it; ${tries(triesLeft)}.`,
    puk: 'The SIM asks for its PUK.',
    pukRest: (puk: string, triesLeft: number) => `AT+CPIN=${puk},NEWPIN enters it; ${tries(triesLeft)}.`,
    blocked: 'The SIM is permanently blocked.',
    blockedRest: 'Replace the card (tab Network).'
  },
  context: {
    activating: 'Asking the network for an address.',
    activatingRest: 'OK follows, or an error if the network refuses.',
    refused: 'The network gave no address.',
    refusedRest: 'The panel Why tells the reason; AT#SGACT=1,1 asks again.',
    dropped: 'The network deactivated the context.',
    droppedRest: 'The panel Why tells the reason; AT#SGACT=1,1 activates it again.',
    inactive: (operator: string) => `Registered with ${operator === '' ? 'a network' : operator}.`,
    inactiveRest: 'No address yet; AT#SGACT=1,1 gets one.',
    active: (address: string | null) => `Context active, ${address ?? 'with an address'}.`,
    activeRest: 'SSL is disabled; AT#SSLEN=1,1 enables it.'
  },
  ready: 'Ready to dial.',
  readyRest: (command: string, hasLab: boolean) =>
    hasLab ? `${command} connects to the built-in TLS server.` : `${command} opens a connection.`,
  /** The simulator is gone. `valuesOf`: the time of the values that are shown, or `null` where there are none. */
  gone: (valuesOf: string | null, forGood: boolean) => {
    const values = valuesOf === null ? '' : `The values are from ${valuesOf}`
    if (forGood) return values === '' ? '' : `${values}.`
    return values === '' ? 'Trying to reconnect.' : `${values}; trying to reconnect.`
  }
} as const

function tries(left: number): string {
  return left === 1 ? '1 try is left' : `${left} tries are left`
}
