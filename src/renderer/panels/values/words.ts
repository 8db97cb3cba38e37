import { counted } from '../../../shared/english/counted.ts'
import type { NetworkConditions } from '../../../shared/hardware/network-conditions.ts'
import { grouped } from '../../state/sentence/formats.ts'

/** The texts of the SSL socket, PDP context and Timers panels. Those of NVM slots are in nvm-words.ts. */
export const valuesWords = {
  loading: 'Loading',

  socket: {
    name: 'SSL socket',
    settings: 'Settings',
    aboutStatus: 'The answer to AT#SSLS',
    status: (status: number, suite: number | null) => `#SSLS: 1,${status}${suite === null ? '' : `,${suite}`}`,
    digit: (status: number, word: string) => `SSL status ${status}, ${word}`,
    moduleOff: 'module off',
    suite: 'Suite',
    noSuite: (setting: number) => `none in use${setting === 0 ? '' : `, ${setting} set`}`,
    auth: 'Auth',
    authModes: ['no checks', 'server', 'both sides'],
    otherAuthMode: 'mode',
    aboutOwner: (instance: number) => `AT${instance} owns the socket`,
    owner: (instance: number) => `, owner AT${instance}`,
    server: 'Server',
    noServer: 'none',
    lastTry: 'Last try',
    sent: 'Sent',
    received: 'Received',
    bytes: (bytes: number) => `${grouped(bytes)} bytes`,
    records: (records: number) => (records === 1 ? '1 record' : `${grouped(records)} records`),
    aboutUnread: (bytes: number, records: number, unread: number) =>
      `${grouped(bytes)} bytes in ${grouped(records)} records; ${grouped(unread)} bytes are not read yet`,
    unread: (bytes: number) => `${grouped(bytes)} unread`,
    fastDial: 'Fast dial',
    noFastDial: (product: string, closureType: number) => `not on ${product}, closure ${closureType}`,
    aboutNoFastDial: (product: string, closureType: number) =>
      `${product} keeps no TLS session and has no #SSLFASTD; closure type ${closureType}`,
    kept: 'session kept',
    notKept: 'no session',
    aboutKept: (closureType: number) => `#SSLFASTD resumes the kept TLS session; closure type ${closureType}`,
    aboutNotKept: (closureType: number) =>
      `The module keeps a TLS session with closure type 1; the closure type is ${closureType}`,
    closure: (closureType: number) => `closure ${closureType}`
  },

  settings: {
    name: 'Settings of the SSL socket',
    noSocket: (product: string, software: string) => `${product} with software ${software} has no SSL socket.`,
    columns: { value: 'value', now: 'now', default: 'default', range: 'range' },
    copyLine: (line: string) => `${line}, which sets these values`,
    about: (about: string, isKept: boolean, isInRange: boolean, isDefault: boolean) =>
      `${about}${isKept ? '' : '; not kept'}${isInRange ? '' : '; the stored value is outside the range'}${isDefault ? '' : '; changed from the default'}`,
    notKept: '–',
    unit: (unit: string) => ` ${unit}`,
    /** Short units for the narrow column. The tooltip has the declared unit. */
    shortUnits: { bytes: 'B', '100 ms': '×0.1 s' },
    aboutRange: (ranges: string, unit: string | null, about: string) =>
      `${ranges}${unit === null ? '' : ` × ${unit}`}; ${about}`
  },

  switches: {
    name: 'Profile switches',
    about: 'Decide what the sources leave open about this product. A change needs no restart.',
    aboutOne: (about: string, usual: string, acts: string, rule: string, option: string) =>
      `${about} ${usual} by default; takes effect at ${acts} (${rule}); ${option}`,
    option: (name: string, values: readonly string[]) => `--switch ${name}=${values.join('|')}`
  },

  context: {
    name: 'PDP context',
    sides: ['Context', 'Network'],
    context: (id: number) => `Context ${id}`,
    unknown: 'unknown',
    moduleOff: 'module off',
    address: 'Address',
    noAddress: 'none',
    aboutActivate: 'No address yet: this command activates the context',
    copyActivate: 'the command that activates the context',
    apn: 'APN',
    noApn: 'not set',
    network: 'Network',
    aboutNetwork: (operator: string, code: string, registration: string) => `${operator} ${code}, ${registration}`,
    notRegistered: 'not registered',
    operator: (operator: string) => `, ${operator}`
  },

  networkActs: {
    name: 'What the network does',
    drop: 'Drop',
    dropping: 'Dropping',
    aboutDrop: 'The network drops the context, as it may at any time',
    notActive: 'No context is active',
    refuse: 'Refuse',
    refusing: 'Refusing',
    aboutRefuse: 'The network refuses every APN from now on',
    aboutRefusing: 'The network refuses every APN. Press to accept every APN again.',
    refused: 'Every APN refused',
    accepted: 'Every APN accepted',
    detach: 'Detach',
    detaching: 'Detaching',
    aboutDetach: 'The network detaches the module from packet service',
    notAttached: 'The module is not attached'
  },

  network: {
    registration: 'Network',
    aboutRegistration: 'How the network answers when the module registers (+CREG)',
    registrations: {
      home: 'home',
      roaming: 'roaming',
      denied: 'refuses',
      none: 'no coverage'
    } satisfies Readonly<Record<NetworkConditions['registration'], string>>,
    setRegistration: (registration: string) => `Network: ${registration}`,
    signal: 'Signal',
    aboutSignal: (quality: number, dbm: number) => `+CSQ ${quality}: ${dbm} dBm`,
    spokenSignal: (quality: number, dbm: number) => `${quality}, ${dbm} dBm`,
    setSignal: (quality: number) => `Signal ${quality}`,
    packets: 'Packets',
    packetServices: { allowed: 'allowed', refused: 'refused' },
    aboutPackets: 'Whether the network grants packet service (+CGATT, +CGREG)',
    setPackets: (packetService: string) => `Packet service ${packetService}`,
    latency: 'Latency',
    latencies: { quick: 'short', real: 'as in the field' },
    aboutLatency: 'How long the network takes to answer: milliseconds, or seconds as in the field',
    setLatencies: { quick: 'Network made quick', real: 'Network made as slow as in the field' }
  },

  sim: {
    name: 'SIM',
    moduleOff: 'Module off',
    about: (state: string, imsi: string, iccid: string) => `${state} IMSI ${imsi}, ICCID ${iccid}`,
    pin: 'PIN',
    aboutPin: (pin: string) => `The SIM asks for its PIN ${pin} when it is next powered (AT+CPIN)`,
    pinOn: 'PIN required',
    pinOff: 'PIN no longer required',
    remove: 'Remove',
    aboutRemove: 'Remove the SIM from its holder',
    removed: 'SIM removed',
    insert: 'Insert',
    aboutInsert: 'Insert the SIM into its holder',
    inserted: 'SIM inserted',
    replace: 'Replace',
    aboutReplace: (pinTries: number, pukTries: number, puk: string) =>
      `${counted(pinTries, 'try', 'tries')} left for the PIN, ${pukTries} for the PUK ${puk}. A new SIM has all tries.`
  },

  timers: {
    name: 'Timers',
    aboutSpeed: 'The factor by which module time, and each timer, runs faster than real time',
    at: 'at ',
    speed: (speed: number) => `${speed}×`,
    about: (title: string, consequence: string) => `${title}; ${consequence}`,
    full: 'full',
    ranOutAfter: (seconds: string) => `${seconds} s ran out`,
    ranOut: 'ran out',
    ofBytes: (limit: number) => `of ${limit} B`,
    ofSeconds: (seconds: string) => `of ${seconds} s left`,
    none: 'none',
    seconds: (seconds: string) => `${seconds} s`
  }
} as const
