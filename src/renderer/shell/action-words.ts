// The actions of the window, for the palette and the sheet of keys. `also`: other words under which a person may look
// for an action. `why…`: why it is not possible at present. `done…`: what was done, as in the toast, without full stop.

const NOT_CONNECTED = 'The simulator is not connected.'

export const windowActionWords = {
  palette: 'Find an action',
  keys: { words: 'Show keys and marks', also: 'help shortcuts list' },
  undo: {
    words: (act: string | null) => (act === null ? 'Undo the last change' : `Undo: ${act}`),
    also: 'take back',
    whyNothing: 'There is no change that can be undone.'
  },
  undoEarlier: {
    words: (act: string, time: string) => `Undo earlier change: ${act}, ${time}`,
    also: 'take back history'
  },
  copyPort: { words: 'Copy the port’s path', what: 'the path', whyNone: 'No port is known yet.' },
  copyLink: {
    words: 'Copy the link to this window',
    also: 'address share url second board',
    what: 'the link',
    whyNone: 'The desktop program has no link. Start the simulator with --headless to get one.'
  },
  copyDial: {
    words: 'Copy the AT commands that dial the built-in TLS server',
    also: 'ssld echo lab',
    what: 'the commands',
    whyLabOff: 'The lab is off.'
  },
  record: {
    start: 'Record from now on',
    stop: 'Stop recording and save',
    also: 'capture save export pcapng'
  },
  openCapture: { words: 'Open a capture…', also: 'pcapng pcap wireshark file look into' },
  keyLog: {
    on: 'Turn the key log on and keep the secrets of TLS sessions',
    off: 'Turn the key log off and forget its secrets',
    also: 'nss sslkeylogfile decrypt'
  },
  retry: { words: 'Reconnect to the simulator', also: 'try again', whyConnected: 'The simulator is connected.' },
  nextPanel: 'Next panel',
  previousPanel: 'Previous panel',
  type: 'Type in the terminal',
  filter: { words: 'Filter the timeline', also: 'search find' },
  chart: (name: string) => `Statechart of ${name}`,
  themes: { system: 'System theme', light: 'Light theme', dark: 'Dark theme' },
  themeAlso: 'theme colours mode',
  contrast: { more: 'More contrast', system: 'System contrast', also: 'high contrast accessibility' },
  whyNotConnected: NOT_CONNECTED
} as const

export const panelKeyWords = {
  complete: 'Terminal: complete the name of a command',
  history: 'Terminal: go through the earlier lines that begin like this one',
  palette: 'Terminal: find an action; all other control characters go to the module',
  rows: 'Timeline, handshake: select an entry and highlight its causes',
  hold: 'Timeline: stop following the newest event, or follow it again',
  range: 'Timeline: select more rows, or all rows with Ctrl-A',
  copy: 'Timeline: copy all selected rows, also those off screen',
  bookmark: 'Timeline: set a bookmark, go to the next or to the previous one',
  tree: 'Message: go through its fields or bytes, and expand or collapse fields',
  tabs: 'Tabs: go to the next or to the previous tab'
} as const

export const panelActionWords = {
  show: (panel: string) => `Go to ${panel}`,
  open: (panel: string) => `Open ${panel}`,
  showAlso: 'show panel',
  close: (panel: string) => `Close ${panel}`,
  /** Used while no panel has the focus. */
  thePanel: 'the panel',
  whyNoFocus: 'No panel has the focus. F6 moves the focus to a panel.',
  enlarge: (panel: string) => `Enlarge ${panel}`,
  restore: 'Restore the enlarged panel',
  enlargeAlso: 'maximize full',
  sizes: {
    wider: (panel: string) => `Make ${panel} wider`,
    narrower: (panel: string) => `Make ${panel} narrower`,
    higher: (panel: string) => `Make ${panel} taller`,
    lower: (panel: string) => `Make ${panel} shorter`
  },
  sizeAlso: 'resize size',
  moves: {
    left: (panel: string) => `Move ${panel} to the left`,
    right: (panel: string) => `Move ${panel} to the right`,
    above: (panel: string) => `Move ${panel} to the group above`,
    below: (panel: string) => `Move ${panel} to the group below`
  },
  moveAlso: 'dock',
  reset: { words: 'Reset layout', also: 'panels dock default' }
} as const

export const moduleActionWords = {
  whyNotConnected: NOT_CONNECTED,
  whyOff: 'The module is off. The ON key starts it.',
  whyAlready: 'This is so already.',
  product: {
    words: (product: string) => `Restart as ${product}`,
    also: (family: string, software: string | null) =>
      `family ${family} switch become product software ${software ?? ''}`,
    whyAlready: 'The module is this product already. Choose its software version in the toolbar.'
  },
  onKey: { start: 'Press ON: start the module', shutDown: 'Press ON: shut the module down', also: 'power key' },
  resetKey: { words: 'Press RESET: restart the module', also: 'reboot key' },
  speed: {
    words: (speed: number) =>
      speed === 1 ? 'Run module time in real time' : `Run module time ${speed} times as fast as real time`,
    also: 'speed slow quick'
  }
} as const

export const networkActionWords = {
  drop: {
    words: 'Drop the context',
    also: 'pdp lose',
    whyNot: (context: number) => `Context ${context} is not active.`
  },
  detach: {
    words: 'Detach the module from packet service',
    also: 'cgatt gprs',
    whyNot: 'The module is not attached.'
  },
  apns: {
    accept: 'Accept every APN',
    refuse: 'Refuse every APN',
    doneAccept: 'Every APN accepted',
    doneRefuse: 'Every APN refused'
  },
  registration: {
    home: { words: 'Set the network to home', done: 'Network set to home' },
    roaming: { words: 'Set the network to roaming', done: 'Network set to roaming' },
    denied: { words: 'Let the network reject the SIM', done: 'Network set to reject the SIM' },
    none: { words: 'Take away the network coverage', done: 'Network coverage taken away' }
  },
  packetService: {
    allow: 'Allow packet service',
    refuse: 'Refuse packet service',
    doneAllow: 'Packet service allowed',
    doneRefuse: 'Packet service refused'
  },
  delays: {
    quick: 'Make the network quick',
    real: 'Make the network as slow as in the field',
    doneQuick: 'Network made quick',
    doneReal: 'Network made as slow as in the field'
  },
  sim: {
    remove: 'Remove the SIM',
    insert: 'Insert the SIM',
    also: 'card take out put in',
    doneRemove: 'SIM removed',
    doneInsert: 'SIM inserted'
  },
  pin: {
    on: 'Make the SIM ask for its PIN',
    off: 'Stop the SIM from asking for its PIN',
    also: 'card cpin',
    doneOn: 'PIN required',
    doneOff: 'PIN no longer required'
  }
} as const

export const faultActionWords = {
  clear: { words: 'Clear all faults', also: 'disarm', whyNone: 'No fault is armed.' },
  arm: { words: (fault: string) => `Arm once: ${fault}`, also: (group: string) => `fault ${group}` },
  whyNotConnected: NOT_CONNECTED,
  whyLabOff: 'The lab is off.'
} as const
