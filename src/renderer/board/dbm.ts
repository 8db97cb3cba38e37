import { boardWords } from './words.ts'

/** Returns a +CSQ value in dBm (3GPP TS 27.007 8.5): 0 is -113 dBm or less, 31 is -51 dBm or more, 2 dB a step. */
export function dbm(quality: number): string {
  return boardWords.signal.power(quality === 0 ? '≤ ' : quality === 31 ? '≥ ' : '', 113 - 2 * quality)
}
