import { counted } from '../../../shared/english/counted.ts'
import type { LabSettings } from '../../../shared/lab/calls.ts'

/** The texts of the Lab and Faults panels and of the toolbar's menu of faults. */
export const labWords = {
  panel: {
    name: 'Lab',
    openFaults: 'Inject a fault',
    waiting: 'The servers of the lab appear here when the simulator answers.',
    offBefore: 'The lab is off: the simulator was started with ',
    offOption: '--lab off',
    offAfter: '. With the lab, there are a TLS echo server, a web server and an FTPS server to dial.'
  },

  servers: {
    name: 'Servers',
    certificate: (words: string) => `${words}, `,
    dialled: (times: number) =>
      times === 0 ? 'not dialled yet' : times === 1 ? 'dialled once' : `dialled ${times} times`,
    settings: (title: string) => `Settings of ${title}`
  },

  places: {
    about: 'What it is',
    address: 'Address',
    copyAddress: 'the address that the module dials',
    local: 'Local address',
    aboutLocal: 'The address on this machine, for other programs too',
    copyLocal: 'the address on this machine',
    ca: 'CA file',
    copyCa: 'the path of the CA file'
  },

  commands: {
    name: 'Commands that connect to this server',
    auth: 'Auth',
    authModes: 'Auth mode',
    authMode: (mode: number) => `Auth mode ${mode}`,
    aboutAuthMode: [
      'Verifies nothing',
      'Verifies the server: the commands store the lab’s CA certificate first',
      'Verifies both sides: the commands store CA certificate, client certificate and private key first'
    ],
    copy: 'Copy as AT commands',
    copied: (commands: number, pems: number) =>
      `${counted(commands, 'command')}${pems === 0 ? '' : pems === 1 ? ' and a certificate' : ` and ${pems} PEMs`} copied.`,
    copyRefused: 'The browser does not allow copying.',
    type: 'Type commands',
    typing: 'Typing',
    aboutType: 'Type the commands into the terminal of AT0',
    typed: 'Commands typed: the module is connected.',
    noAnswer: 'The module did not answer.',
    failed: (command: string, answer: string) => `${command} was answered with ${answer}.`,
    simulatorSilent: 'The simulator has not answered yet.',
    online: 'AT0 is in online mode. Send +++ to return to command mode.'
  },

  settings: {
    certificate: 'Certificate',
    setCertificate: (certificate: string) => `certificate ${certificate}`,
    certificateUnderWay: 'The certificate is being created.',
    connects: 'With auth mode 1, the module connects.',
    fails: (answer: string) => `With auth mode 1, the dial ends with ${answer}.`,
    suites: 'Suites',
    lastSuite: 'A server needs at least one suite',
    suiteOn: 'Accepted if the module proposes it',
    suiteOff: 'Never accepted',
    setSuite: (name: string, isOn: boolean) => `${name} ${isOn ? 'on' : 'off'}`,
    clientCertificate: 'Client cert.',
    clientCertificates: {
      no: 'not requested',
      asked: 'requested, optional',
      demanded: 'required'
    } satisfies Readonly<Record<LabSettings['clientCertificate'], string>>,
    setClientCertificate: (words: string) => `client certificate ${words}`,
    records: 'Records',
    recordLimit: (bytes: number) => `to ${bytes} B`,
    setRecordLimit: (bytes: string) => `records up to ${bytes} bytes`,
    delay: 'Delay',
    noDelay: 'none',
    seconds: (seconds: string) => `${seconds} s`,
    setDelay: (seconds: string) => `delay ${seconds} s`,
    done: (server: string, change: string) => `${server}: ${change}`
  },

  faults: {
    name: 'Faults',
    which: 'Which faults',
    all: (count: number) => `All ${count}`,
    common: 'Common',
    waiting: 'The faults appear here when the simulator answers.',
    strikeAt: 'Strike at',
    anyServer: 'the next connection to any server',
    server: (title: string) => `the next connection to the ${title}`,
    offBefore: 'The lab is off (',
    offOption: '--lab off',
    offAfter: '): only network faults can be armed.',
    list: 'Faults that can be armed',
    anyConnection: ' at a connection to any server',
    more: (count: number) => `“All” shows all ${count} faults: alerts, versions, records, certificates, FTP.`,
    notConnected: 'The simulator is not connected.',
    off: 'The lab is off.'
  },

  fault: {
    hostSees: 'The host sees ',
    seen: (seen: string) => `The host sees: ${seen}`,
    seenError: (seen: string, error: string) => `The host sees: ${seen}. ${error}`,
    range: (least: number, most: number, unit: string) => `${least} to ${most} ${unit}`,
    wants: (range: string) => `Enter ${range}`,
    parameter: (fault: string, parameter: string, unit: string) => `${fault}, ${parameter}, ${unit}`,
    bytes: 'B',
    arm: (fault: string) => `Arm ${fault}`,
    next: 'Next',
    aboutNext: 'Strikes once',
    always: 'Always',
    aboutAlways: 'Strikes every time until it is cleared'
  },

  armed: {
    name: 'Armed faults',
    none: 'No fault is armed.',
    struck: (times: number, isAtLeast: boolean, last: string, where: string, seconds: string) =>
      `Struck ${times === 1 ? 'once' : `${isAtLeast ? 'at least ' : ''}${times} times`}. Last: ${last} ${where}, at ${seconds} s.`,
    onNetwork: 'on the network',
    atServer: (title: string) => `at the ${title}`,
    show: 'Show event',
    next: 'next time',
    always: 'always',
    server: (title: string) => `, ${title}`,
    notStruck: ', not struck yet',
    struckTimes: (times: number) => `, struck ${times}×`,
    clear: 'Clear',
    clearOne: (fault: string) => `Clear ${fault}`,
    clearAll: (count: number) => `Clear all ${count}`,
    cleared: (fault: string) => `${fault} cleared`,
    clearedAll: (count: number) => `${counted(count, 'fault')} cleared`,
    armedNext: (fault: string) => `${fault} armed for the next connection`,
    armedAlways: (fault: string) => `${fault} armed for every connection`
  },

  menu: {
    name: (armed: number) => `Faults ${armed} armed`,
    word: 'Faults',
    showArmed: 'Show the armed faults',
    showPanel: 'Show the faults that can be armed',
    all: 'All faults'
  }
} as const
