import type { SlotSnapshot } from '../../shared/calls/snapshot.ts'
import type { PortKind } from '../../shared/contracts/serial-port.ts'
import { counted } from '../../shared/english/counted.ts'
import type { NetworkConditions } from '../../shared/hardware/network-conditions.ts'

/** The board's texts: tooltips, menus, forms, and the print on the board. */
export const boardWords = {
  panel: {
    name: 'Board',
    hint: 'Click a part to use it',
    empty: 'The board appears here when the simulator answers.',
    drawing: (product: string) => `Board with ${product}`
  },

  /** Printed on the board, short as on the hardware. */
  silk: {
    board: 'EVB-1',
    title: 'SSL/TLS board',
    testPoints: { left: '3V8', middle: '1V8', right: 'GND' },
    antenna: 'ANT',
    clock: 'CLOCK',
    csq: (quality: number) => `CSQ ${quality}`,
    ground: 'GND',
    networkTime: 'NITZ',
    nvm: 'NVM',
    on: 'ON',
    reset: 'RESET',
    sim: 'SIM',
    stat: 'STAT',
    supply: 'DC 5V',
    uart: 'UART'
  },

  /** For every part. */
  part: {
    notConnected: 'the simulator is not connected',
    failed: 'The last failure involves this part.',
    copy: (line: string) => `Copy ${line}`,
    copied: (text: string) => `${text} copied.`,
    copyRefused: 'The browser does not allow copying.',
    typeByHand: (line: string) => `The browser does not allow copying. Type ${line} by hand.`
  },

  stat: {
    title: 'STAT lamp',
    name: (does: string, because: string) => `STAT lamp, ${does}: ${because}`,
    value: (does: string, because: string) => `${does}: ${because}`,
    /** Printed below the lamp, before the reason. */
    short: { off: '', fast: 'fast: ', slow: 'flash: ', on: 'steady: ' },
    round: { off: 'off', on: 'on', seconds: (seconds: number) => `${seconds} s` },
    does: { off: 'off', fast: 'blinks fast', slow: 'flashes every 3 s', on: 'on steadily' },
    litFor: (litMs: number, periodMs: number) => `lit ${litMs} of ${periodMs} ms`,
    because: {
      off: 'module off',
      booting: 'starting',
      connected: 'connected',
      registered: 'registered',
      denied: 'refused',
      searching: 'searching',
      noNetwork: 'no network'
    },
    about: {
      off: 'The lamp is dark while the module is off. The ON key starts the module.',
      fast: 'Half a second on, half a second off: the module has no network. It is starting, searching, or was refused.',
      slow: 'A flash of 0.3 s every 3 s: the module is registered and waits for commands.',
      on: 'The lamp stays on while a connection is up.'
    }
  },

  key: {
    title: (label: string) => `${label} key`,
    name: (label: string, isHeld: boolean) => `${label} key${isHeld ? ', hold for 1 second' : ''}`,
    pressed: (label: string) => `${label} pressed.`,
    released: (seconds: string) => `Released after ${seconds} s: nothing happened. Hold the key for 1 s.`,
    hold: 'hold 1 s',
    moduleOff: 'module off',
    moduleOn: 'module on',
    start: 'Hold the key for 1 s to start the module.',
    shutDown: 'Hold the key for 1 s to shut the module down. It leaves the network first, as with AT#SHDN.',
    reset: 'Restarts the module at once. Connections break; the contents of NVM stay.',
    resetValue: 'press to restart',
    noEffect: 'no effect',
    resetOff: 'The module is off. The ON key starts it.'
  },

  can: {
    name: (product: string, software: string, imei: string) => `Module ${product}, software ${software}, IMEI ${imei}`,
    software: (software: string) => `software version ${software}`,
    about: (family: string, radio: string) =>
      `The module, of the ${family} family${radio === '' ? '' : `, with ${radio}`}. It reports the values that are engraved on it. Its IMEI is from the range reserved for tests.`,
    family: (family: string, radio: string) => `${family} family${radio === '' ? '' : `, ${radio}`}`,
    radio: { gsm: 'GSM/GPRS', umts: 'UMTS/HSPA' },
    softwareMark: 'SW',
    imei: 'IMEI',
    noSsl: 'no SSL',
    ssl: 'TLS 1.0, RSA'
  },

  antenna: {
    title: 'Antenna',
    name: (signal: string, network: string) => `ANT, antenna: ${signal}, network ${network}`,
    noSignal: 'no signal',
    noSignalValue: 'no signal (99)',
    spokenSignal: (quality: number, power: string) => `signal ${quality} of 31, ${power}`,
    signal: (quality: number, power: string) => `${quality} of 31, ${power}`,
    about:
      'Receives the mobile network. The slider below sets the signal strength that AT+CSQ reports. The menu sets how the network treats this module.',
    registrations: {
      home: { label: 'Home network', hint: 'accepts the module' },
      roaming: { label: 'Foreign network', hint: 'accepts the module, roaming' },
      denied: { label: 'Network refuses', hint: '+CREG 3' },
      none: { label: 'No coverage', hint: 'the module keeps searching' }
    } satisfies Readonly<Record<NetworkConditions['registration'], { readonly label: string; readonly hint: string }>>
  },

  signal: {
    title: 'Signal',
    value: (quality: number, power: string) => `${quality} of 31, ${power}`,
    spoken: (quality: number, power: string) => `${quality}, ${power.replace('−', 'minus ')}`,
    power: (limit: '' | '≤ ' | '≥ ', belowZero: number) => `${limit}−${belowZero} dBm`,
    unknown: '99, unknown',
    about: 'Drag the slider or use the arrow keys. AT+CSQ reports the new value at once.',
    noCoverage: 'There is no coverage. Choose a network in the menu of the antenna.',
    shortUnknown: 'unknown',
    shortNoCoverage: 'no coverage'
  },

  clock: {
    title: 'Clock',
    name: (date: string, time: string, zone: string) => `CLOCK ${date} ${time} ${zone}`,
    value: (date: string, time: string) => `${date} ${time}`,
    about: (isSet: boolean, networkTime: boolean) =>
      [
        'Certificates are checked against this clock.',
        ...(isSet ? [] : ['It was never set and began at the GPS epoch.']),
        networkTime
          ? 'The network sets it at each registration.'
          : 'Network time is off: the network does not change it.'
      ].join(' '),
    neverSet: 'never set',
    set: 'Set date and time…',
    setToThisComputer: 'Set to this computer’s time',
    networkTime: 'Network time (NITZ)',
    networkTimeHint: 'at the next registration',
    moduleOff: 'the module is off'
  },

  clockForm: {
    name: 'Set clock',
    label: 'Date and time of the module, in its time zone',
    example: '2026-10-01 09:00:00',
    wants: 'Enter a date and a time, such as 2026-10-01 09:00:00.',
    networkTimeOff: 'Switch network time off, so that this time stays',
    submit: 'Set clock',
    cancel: 'Cancel'
  },

  networkTime: {
    title: 'Network time',
    name: 'NITZ, network time',
    on: 'on',
    off: 'off',
    aboutModuleOff: 'The module is off. When it starts, it reads this setting from its stored profile.',
    aboutOn:
      'The network sets the clock when the module registers. While this is off, the clock keeps the time that you set.',
    aboutOff:
      'The clock keeps the time that you set. When this is on, the next registration sets the clock. AT&W keeps the setting over a restart.'
  },

  nvm: {
    title: 'NVM',
    name: (slots: string) => `NVM, security data: ${slots}`,
    slot: (name: string, storedBytes: number) =>
      `${name} ${storedBytes === 0 ? 'empty' : counted(storedBytes, 'byte')}`,
    value: (used: number, all: number) => `${used} of ${all} slots in use`,
    fault: (name: string, fault: string) => `${name}: ${fault}`,
    about: (capacityBytes: number, kept: string) =>
      `Client certificate, CA certificate and private key, up to ${capacityBytes} bytes each. They survive a power cut. ${kept}`,
    notKept: 'Nothing is kept when the simulator ends.',
    kept: (folder: string) => `Stored in ${folder}.`,
    show: 'Show NVM slots',
    showHint: 'what each slot stores',
    size: (slots: number, capacityBytes: number) => `${slots} × ${capacityBytes} B`,
    bar: (dataType: number, name: string) => `${dataType} ${name}`,
    slots: {
      'client-certificate': { short: 'cert', long: 'client certificate' },
      'ca-certificate': { short: 'CA', long: 'CA certificate' },
      'private-key': { short: 'key', long: 'private key' }
    } satisfies Readonly<Record<SlotSnapshot['slot'], { readonly short: string; readonly long: string }>>
  },

  sim: {
    title: 'SIM',
    name: (state: string, isInserted: boolean, asksForPin: boolean) =>
      `SIM ${state}, ${isInserted ? 'inserted' : 'removed'}, ${asksForPin ? 'asks for its PIN' : 'does not ask for its PIN'}`,
    noCard: 'no card',
    notRead: 'not read yet',
    remove: 'Remove the SIM',
    insert: 'Insert the SIM',
    asksForPin: 'Asks for its PIN',
    asksForPinHint: 'from the next start on',
    replace: 'Replace the SIM',
    replaceHint: 'new, with all tries',
    aboutEmpty: 'No SIM is in the holder. The module cannot register, and most commands answer +CME ERROR: 10.',
    aboutNotRead: 'The SIM is in its holder. The module reads it when it is on.',
    about: (state: string, sim: { imsi: string; pin: string; pinTriesLeft: number; puk: string }) =>
      `${state} IMSI ${sim.imsi}; PIN ${sim.pin}, ${counted(sim.pinTriesLeft, 'try', 'tries')} left; PUK ${sim.puk}.`,
    card: {
      title: 'Test SIM',
      pin: (pin: string) => `PIN ${pin}`,
      noPin: 'no PIN',
      pukTries: (tries: number) => `PUK, ${counted(tries, 'try', 'tries')}`,
      pinTries: (tries: number) => `${counted(tries, 'try', 'tries')} left`
    },
    emptyHolder: 'empty'
  },

  supply: {
    title: 'Power supply',
    name: (state: string) => `DC 5V, power supply ${state}`,
    pluggedIn: 'plugged in',
    pulled: 'pulled',
    aboutOn:
      'When the plug is pulled, the module loses power at once. It sends no message and does not leave the network, and a write to NVM may be lost. AT#SHDN shuts the module down in order.',
    aboutOff: 'Without power the keys do nothing. Put the plug in, then hold ON.',
    pull: 'Pull the plug',
    pullHint: 'cuts the power at once',
    putIn: 'Put the plug in',
    lampOn: 'on',
    lampOff: 'off'
  },

  uart: {
    title: 'Serial port',
    lines: 'Lines of the serial port',
    name: (port: string, client: string | null) =>
      `UART, serial port ${port}, ${client === null ? 'closed' : `open in ${client}`}`,
    unknownHost: 'a host program',
    open: (client: string) => `open in ${client}`,
    closed: 'closed',
    about: (port: string, fromHostBytes: number, toHostBytes: number, why: string) =>
      `${port}: ${counted(fromHostBytes, 'byte')} from the host, ${counted(toHostBytes, 'byte')} to the host. ${why}`,
    noPort: 'There is no port yet.',
    copyPath: 'Copy the port’s path',
    copyPathHint: 'to open it with a terminal program',
    plug: 'host',
    noHost: 'no host',
    /** Printed below the pins if the port has no modem lines. */
    noLines: {
      pty: 'no modem lines on a pty',
      tcp: 'no modem lines over TCP',
      serial: 'no modem lines here',
      rfc2217: 'no client connected'
    } satisfies Readonly<Record<PortKind, string>>
  },

  line: {
    about: {
      txd: 'Bytes from the host to the module.',
      rxd: 'Bytes from the module to the host.',
      cts: 'The module lets the host send (hardware flow control).',
      rts: 'The host lets the module send (hardware flow control).',
      dtr: 'The host is ready. AT&D sets what the module does when the line goes off.',
      dsr: 'The module is ready.',
      dcd: 'A data connection is up. AT&C sets when the line is on.',
      ri: 'The module calls the host: an incoming call or a URC.'
    },
    name: (name: string, state: string) => `${name} ${state}`,
    value: (state: string, from: 'host' | 'module') =>
      `${state}, ${from === 'host' ? 'host to module' : 'module to host'}`,
    missing: 'not available',
    bytes: 'bytes pass',
    noBytes: 'no bytes pass',
    on: 'on',
    off: 'off',
    drivenUnseen: 'The module drives the line all the same (the dot), but no host can read it.'
  }
} as const
