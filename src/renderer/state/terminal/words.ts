// Why nothing can be typed into a port at present.

export const notTypedWords = {
  notConnected: 'The simulator is not connected.',
  portInUse: (host: string | null, port: string) => `${host ?? 'Another program'} has ${port}. Type there, or quit it.`,
  notOn: 'The module is off or booting, so it does not hear the port.',
  noOnlineMode: 'The port is in command mode already; +++ ends online mode.',
  noPrompt: 'The module does not wait at the > prompt.',
  online: (instance: number) => `AT${instance} is in online mode: every byte goes to the server until +++ ends it.`,
  entry: (instance: number) => `AT${instance} waits at the > prompt. End the entry with Ctrl-Z or cancel it with ESC.`
} as const
