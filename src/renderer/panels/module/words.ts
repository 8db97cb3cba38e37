/** The texts of the Module panel. States and events are named in src/shared/statecharts. */
export const moduleWords = {
  panel: {
    name: 'Module',
    instances: 'AT instance',
    instance: (number: number) => `AT${number}`,
    charts: 'Statechart'
  },

  chart: {
    name: (present: string) => `Statechart. ${present}`,
    present: (title: string, state: string) => `${title}: now ${state}`,
    lastMove: (from: string, event: string) => `; last move from ${from} by ${event}`,
    edge: (from: string, to: string, event: string) => `${from} → ${to}: ${event}`,
    state: (label: string, isPresent: boolean, about: string) =>
      `${label}${isPresent ? ', present state' : ''}. ${about}`
  },

  move: {
    thisMove: 'This move',
    lastMove: 'Last move',
    none: 'none yet',
    show: 'Show in the timeline',
    fromTo: (from: string, to: string) => `${from} → ${to}`,
    event: 'Event',
    noEvent: 'unchanged since the start',
    eventWithCause: (event: string) => `${event}, caused by`,
    showCause: 'Show the cause in the timeline',
    causeGone: '(the cause is no longer kept)',
    next: 'Next'
  },

  state: {
    name: (label: string) => `About ${label}`,
    state: 'State',
    present: ' now',
    ssls: (digit: number) => `, #SSLS says ${digit}`,
    back: 'Back',
    meaning: 'Meaning',
    next: 'Next',
    to: (state: string) => ` → ${state}`,
    noNext: 'nothing',
    commands: 'Allowed',
    noCommands: 'no command depends on this state',
    standing: ' and, without a change of state, '
  },

  /** Labels of arrows, in lines that fit between the states. The tooltip has the whole label. */
  lines: {
    addressGiven: ['address', 'given'],
    bootTimeOver: ['boot time', 'over'],
    commandTakesTime: ['command', 'takes time'],
    connectionLost: ['connection', 'lost'],
    coverageLost: ['coverage', 'lost'],
    download: ['#FTPGET …'],
    downloadInCommandMode: ['#FTPGETPKT …'],
    entryEnded: ['entry', 'ended'],
    finishedVerified: ['Finished', 'verified'],
    ftpsOn: ['FTPS on'],
    homeNetworkFound: ['home network', 'found'],
    moduleUp: ['module', 'is up'],
    networkRefuses: ['network', 'refuses'],
    online: ['online'],
    otherNetworkFound: ['other', 'network', 'found'],
    pinAsked: ['asks for', 'PIN'],
    powerLost: ['power', 'lost'],
    pukAsked: ['asks for', 'PUK'],
    readAndAppend: ['#FTPRECV, #FTPAPPEXT'],
    sendAndReceive: ['#SSLSEND, #SSLRECV'],
    serverCloses: ['server', 'closes'],
    serverGreets: ['server', 'greets'],
    setContext: ['#SGACT', '=1,1'],
    sslOff: ['#SSLEN', '=1,0'],
    sslOn: ['#SSLEN', '=1,1'],
    tcpOpen: ['TCP', 'open'],
    tenthWrongPuk: ['tenth', 'wrong', 'PUK'],
    thirdWrongPin: ['third', 'wrong PIN'],
    tlsOpen: ['TLS', 'open']
  }
} as const
