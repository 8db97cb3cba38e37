/** The texts for a simulator that cannot be reached. */
export const carrierWords = {
  notConnected: 'The simulator is not connected.',
  noAnswer: (call: string, seconds: number) => `The simulator did not answer "${call}" in ${seconds} s.`,
  lostBeforeAnswer: 'The connection to the simulator was lost before it answered.',
  lost: 'The connection to the simulator was lost.',
  wrongToken: 'The simulator rejects the token of this window. Open the address that it printed when it started.',
  nobody: (host: string) => `No simulator answers at ${host}. Open the address that it printed when it started.`,
  desktopProgram: 'this program'
} as const
