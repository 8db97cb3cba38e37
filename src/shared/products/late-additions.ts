import type { Capabilities } from './profile.ts'

/**
 * What the software of a line got at some version. That version and all later ones of the line have it, on all
 * products. SSL itself is not included: its first version differs by product (the guide's applicability table), and
 * other commands do not depend on it (G-0-3).
 */
export interface LateAddition {
  /** Its name for people. */
  readonly name: string
  /** The first version of each line that has it; `null` where the line never does. */
  readonly from: Readonly<Record<SoftwareLineNumber, string | null>>
  readonly has: Partial<Capabilities>
  readonly lacks: Partial<Capabilities>
  readonly confidence: 'documented' | 'seen' | 'inferred'
  readonly source: string
}

export type SoftwareLineNumber = 10 | 12 | 13 | 16

/** Commands of a list from 2016 that the guide does not have: on the newest version of each line (D-28). */
const newest = { 10: '10.01.xx3', 12: '12.00.xx5', 13: '13.00.xx9', 16: '16.01.xx3' } as const

export const lateAdditions: readonly LateAddition[] = [
  {
    name: '#CPUMODE',
    from: { 10: '10.00.xx3', 12: null, 13: null, 16: '16.00.xx1' },
    has: { hasCpuMode: true },
    lacks: { hasCpuMode: false },
    confidence: 'seen',
    source: 'D-33'
  },
  {
    name: '#SSLSENDEXT',
    from: newest,
    has: { hasSendExt: true },
    lacks: { hasSendExt: false },
    confidence: 'seen',
    source: 'D-9'
  },
  {
    name: 'SSLSRING',
    from: newest,
    has: { hasRingMode: true },
    lacks: { hasRingMode: false },
    confidence: 'seen',
    source: 'D-2'
  },
  {
    name: '#SCFGEXT3 and #SLASTCLOSURE',
    from: newest,
    has: { hasLateSockets: true },
    lacks: { hasLateSockets: false },
    confidence: 'seen',
    source: 'D-112'
  },
  {
    name: '1500 bytes of #SSEND',
    from: { ...newest, 12: '12.00.xx3' },
    has: { socketSendBytes: { value: 1500, confidence: 'documented', source: 'the guide of a 3G module' } },
    lacks: { socketSendBytes: { value: 1024, confidence: 'documented', source: 'a GSM guide of 2008' } },
    confidence: 'inferred',
    source: 'D-113'
  },
  {
    name: 'lines of 400 characters',
    from: newest,
    has: { commandLineChars: 400 },
    lacks: { commandLineChars: 80 },
    confidence: 'seen',
    source: 'D-20'
  },
  {
    name: 'a fourth value of #FTPCFG',
    from: newest,
    has: { hasFtpSendSize: true },
    lacks: { hasFtpSendSize: false },
    confidence: 'seen',
    source: 'at-reference 7'
  }
]

/** Returns the capabilities of version `index` of a line (`versions` oldest first) by this table. */
export function additionsAt(
  line: SoftwareLineNumber,
  versions: readonly string[],
  index: number
): Partial<Capabilities> {
  const parts = lateAdditions.map(({ from, has, lacks }) => {
    const first = from[line]
    return first !== null && versions.indexOf(first) <= index ? has : lacks
  })
  return Object.assign({}, ...parts) as Partial<Capabilities> // Object.assign of many has no type of its own; each part is one.
}

/** Returns the names of what is new in a version. */
export function additionsOf(line: SoftwareLineNumber, version: string): readonly string[] {
  return lateAdditions.filter(({ from }) => from[line] === version).map(({ name }) => name)
}
