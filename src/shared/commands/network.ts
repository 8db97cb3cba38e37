import type { CommandDeclaration, NumberRange } from './declaration.ts'

// Mobile equipment and network (at-reference 4).
const reference = { sources: ['at-reference 4'], confidence: 'documented' } as const

type Extra = Partial<Pick<CommandDeclaration, 'sources' | 'needsSim' | 'keptOnly'>>

const oneSetting = <const Name extends string>(
  name: Name,
  summary: string,
  ranges: readonly NumberRange[],
  extra: Extra = {}
) =>
  ({
    name,
    summary,
    forms: ['set', 'read'],
    parameters: [{ kind: 'number', name: 'n', ranges, about: summary, optional: true }],
    ...reference,
    ...extra
  }) as const

const baudRates = [300, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600]

/** All but +CGATT work without a SIM (at-reference 3). */
export const networkCommands = [
  oneSetting('+CMEE', 'error codes: 0 ERROR, 1 number, 2 words', [[0, 2]], { sources: ['G-6-1', 'D-22'] }),
  {
    name: '+CSQ',
    summary: 'signal quality',
    forms: ['execute'],
    parameters: [],
    test: () => '(0-31,99),(0-7,99)',
    approximate: 'the signal is that of the simulated network; the bit error rate is 0 whenever there is a signal',
    ...reference
  },
  oneSetting(
    '+CREG',
    'registration URCs: 0 off, 1 on changes, 2 with area and cell, and on line 12 the access technology',
    [[0, 2]],
    { sources: ['at-reference 4', 'D-40'] }
  ),
  oneSetting(
    '+CGREG',
    'packet registration URCs: 0 off, 1 on changes, 2 with area and cell, and on line 12 the access technology',
    [[0, 2]],
    { sources: ['at-reference 4', 'D-40'] }
  ),
  oneSetting('+CGATT', 'attach to packet service', [[0, 1]], { needsSim: true }),
  {
    name: '+COPS',
    summary: 'network selection',
    approximate: 'there is only one network to select',
    forms: ['set', 'read'],
    parameters: [
      {
        kind: 'number',
        name: 'mode',
        ranges: [[0, 4]],
        about: '0 automatic, 1 manual, 2 deregister, 3 set the format only, 4 manual with automatic as fallback',
        optional: true
      },
      {
        kind: 'number',
        name: 'format',
        ranges: [
          [0, 0],
          [2, 2]
        ],
        about: '0 name, 2 number',
        optional: true
      },
      { kind: 'text', name: 'operator', maxChars: 24, about: 'network, in that format', optional: true },
      {
        kind: 'number',
        name: 'act',
        ranges: [
          [0, 0],
          [2, 2]
        ],
        about: 'access technology: 0 GSM, 2 UTRAN',
        optional: true,
        exists: (profile) => profile.tellsAccessTechnology
      }
    ],
    sources: ['at-reference 4', 'D-40'],
    confidence: 'documented'
  },
  {
    name: '+CFUN',
    summary: 'function level: 1 full, 4 radio off; rst 1 restarts the module',
    approximate: 'the power saving levels do not exist here',
    forms: ['set', 'read'],
    parameters: [
      {
        kind: 'number',
        name: 'fun',
        ranges: [
          [1, 1],
          [4, 4]
        ],
        about: '1 full, 4 radio off'
      },
      { kind: 'number', name: 'rst', ranges: [[0, 1]], about: '1 restarts the module', optional: true, default: 0 }
    ],
    ...reference
  },
  {
    name: '+IPR',
    summary: 'rate of the port; 0 detects it automatically',
    forms: ['set', 'read'],
    parameters: [
      {
        kind: 'number',
        name: 'rate',
        ranges: (profile) =>
          [0, ...baudRates.filter((rate) => rate <= profile.maxBaud)].map((rate): NumberRange => [rate, rate]),
        unit: 'baud',
        about: 'rate, or 0'
      }
    ],
    test: (profile) => `(0),(${baudRates.filter((rate) => rate <= profile.maxBaud).join(',')})`,
    approximate: 'affects only a bridged UART and --pace follow; a pty and plain TCP have no rate',
    ...reference
  },
  oneSetting('+ICF', 'character framing: 3 is 8N1', [[0, 5]], { keptOnly: 'a pty has no character framing' }),
  {
    name: '+CCLK',
    summary: "the module's clock",
    forms: ['set', 'read'],
    parameters: [{ kind: 'text', name: 'time', maxChars: 20, about: 'yy/MM/dd,hh:mm:ss±zz, zone in quarter-hours' }],
    test: 'OK',
    sources: ['at-reference 4', 'G-3.3-11'],
    confidence: 'seen'
  },
  {
    name: '#CCLK',
    summary: "the module's clock, with daylight saving",
    forms: ['set', 'read'],
    parameters: [{ kind: 'text', name: 'time', maxChars: 22, about: 'yy/MM/dd,hh:mm:ss±zz,d' }],
    test: 'OK',
    sources: ['at-reference 4'],
    confidence: 'seen'
  },
  {
    name: '#NITZ',
    summary: 'network time: what it sets, and whether a URC reports it',
    forms: ['set', 'read'],
    parameters: [
      {
        kind: 'number',
        name: 'val',
        ranges: [[0, 15]],
        about: 'sum of 1 set the clock, 2 long name, 4 report the zone, 8 report daylight saving; 0 off',
        optional: true
      },
      { kind: 'number', name: 'mode', ranges: [[0, 1]], about: '1 reports it with #NITZ:', optional: true }
    ],
    sources: ['at-reference 4', 'G-3.3-11'],
    confidence: 'seen',
    approximate: '2 changes nothing: +COPS tells the long name whatever it is'
  },
  oneSetting('#SKIPESC', 'do not send +++ to the server', [[0, 1]], { sources: ['D-18'] }),
  {
    name: '#CPUMODE',
    summary: 'clock of the processor; 2 and 4 raise it during a handshake',
    approximate: 'the duration of a handshake at each clock is modelled',
    forms: ['set', 'read'],
    parameters: [
      {
        kind: 'number',
        name: 'mode',
        ranges: [[0, 4]],
        about: '0 normal, 1 and 2 twice, 3 and 4 four times as fast; 2 and 4 only during a handshake'
      }
    ],
    exists: (profile) => profile.hasCpuMode,
    sources: ['G-4.1-6', 'D-33'],
    confidence: 'seen'
  },
  oneSetting('#SELINT', 'style of the AT interface; 2 on these modules', [[0, 2]], {
    keptOnly: 'the interface always behaves as with 2'
  }),
  {
    name: '#SHDN',
    summary: 'power down',
    forms: ['execute'],
    parameters: [],
    test: 'OK',
    sources: ['at-reference 4', 'D-29'],
    confidence: 'documented'
  },
  {
    name: '#REBOOT',
    summary: 'restart',
    forms: ['execute'],
    parameters: [],
    test: 'OK',
    sources: ['at-reference 4', 'D-36'],
    confidence: 'inferred'
  }
] as const satisfies readonly CommandDeclaration[]
