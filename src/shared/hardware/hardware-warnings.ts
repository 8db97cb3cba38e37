/**
 * What hosts do that works here but would probably fail on hardware (D-43, D-18), with its texts. Timeline events refer
 * to them by id.
 */
export const hardwareWarnings = {
  'typed-before-result': {
    title: 'Bytes came before the module had answered',
    sentence:
      'Bytes came before the result code, the prompt or CONNECT. The simulator kept them; hardware would likely lose them.',
    expected: 'nothing before the answer',
    got: 'bytes while the command was busy',
    remedy: 'Wait for the result code, the prompt or CONNECT before the next byte.',
    rule: 'D-43'
  },
  'no-pause-after-result': {
    title: 'The next command came at once',
    sentence:
      'A command came less than 20 ms after the last result code. The simulator ran it; hardware would likely lose it.',
    expected: '20 ms after the result code',
    got: 'a command sooner',
    remedy: 'Pause for 20 ms between a result code and the next command.',
    rule: 'D-43'
  },
  'escape-without-guard': {
    title: 'A +++ came without its guard time',
    sentence:
      'A +++ came without its guard time, so it was data. It needs silence before and after it: S12, one second by default.',
    expected: 'silence before and after +++',
    got: 'other bytes within the guard time',
    remedy: 'Send nothing for a second, then +++ alone, then nothing for a second. The module answers OK.',
    rule: 'D-18'
  }
} as const satisfies Readonly<Record<string, HardwareWarning>>

export type HardwareWarningId = keyof typeof hardwareWarnings

export interface HardwareWarning {
  /** A title of a few words, without a full stop. */
  readonly title: string
  readonly sentence: string
  readonly expected: string
  readonly got: string
  /** How to fix it, in one sentence. */
  readonly remedy: string
  readonly rule: string
}
