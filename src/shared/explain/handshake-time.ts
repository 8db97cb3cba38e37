import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName } from './far-end.ts'
import { dialledBy, dialText } from './last-dial.ts'
import { struck } from './on-purpose.ts'
import { atFarEnd, profileNow } from './remedies.ts'
import { compared, shown, type Builder, type Story } from './story.ts'
import { secondsText } from './words.ts'

// Handshakes that take too long (guide chapter 4.1).

export const handshakeSilent: Builder = (story) => {
  const limitMs = story.fact('timer')!.limitMs
  return {
    title: `No data was received for ${secondsText(limitMs)} in the handshake`,
    happened: [
      shown(
        `The module was waiting for the next complete record from ${farEndName(story)}.`,
        story.evidence.message('ClientHello', 'out')
      ),
      shown(
        `The limit of ${secondsText(limitMs)} for one record expired. The whole handshake may take ten times as long.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('next record', `within ${secondsText(limitMs)}`, 'nothing')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      ...(struck(story) ? [] : [...fasterClock(story, now), ...longer(story, now, limitMs)]),
      atFarEnd(struck(story) ? 'Clear the fault if it is still armed.' : 'Find out why the server is silent.')
    ],
    parts: ['timer:handshake', 'far-end', 'ssl']
  }
}

/** Each record came in time, but all together took too long (D-4). */
export const handshakeSlow: Builder = (story) => {
  const limitMs = story.fact('timer')!.limitMs
  return {
    title: `The handshake took longer than ${secondsText(limitMs)}`,
    happened: [
      shown(`${farEndName(story)} sent records, each within its limit.`, story.evidence.message('ClientHello', 'out')),
      shown(
        `The whole handshake may take ten times the limit of one record. These ${secondsText(limitMs)} expired.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('handshake', `complete within ${secondsText(limitMs)}`, 'not complete')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      ...fasterClock(story, now),
      ...longer(story, now, limitMs / 10),
      atFarEnd('Find out why the server sends so slowly.')
    ],
    parts: ['timer:handshake', 'far-end', 'ssl']
  }
}

export const processorBusy: Builder = (story) => {
  const { limitMs = 0 } = story.fact('timer') ?? {}
  return {
    title: 'The processor was too slow for the certificates',
    happened: [
      shown(`${farEndName(story)} sent its certificates in time.`, story.evidence.message('Certificate', 'in')),
      shown(
        `Large certificates and keys over 2048 bits keep this processor busy for a long time. It did not answer within ${secondsText(limitMs)}.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('answer of the module', `within ${secondsText(limitMs)}`, 'a busy processor')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      { sentence: 'Speed up the processor during the handshake: 2 doubles its clock.', commands: ['AT#CPUMODE=2'] },
      { sentence: 'Or quadruple its clock, for even larger certificates.', commands: ['AT#CPUMODE=4'] },
      ...longer(story, now, limitMs),
      atFarEnd('Give the server smaller certificates: keys of 2048 bits, a shorter chain.')
    ],
    parts: ['timer:handshake', 'ssl', 'far-end']
  }
}

/** Where certificates take long on a slow processor (G-4.1-6). */
function fasterClock({ evidence }: Story, now: Snapshot): Remedy[] {
  if (!profileNow(now).hasCpuMode || evidence.message('ServerHello', 'in') === null) return []
  return [{ sentence: 'Speed up the processor: large certificates take it a long time.', commands: ['AT#CPUMODE=2'] }]
}

/** Suggests three times the timeout: in the dial if it had one, else as defTo. */
function longer(story: Story, now: Snapshot, limitMs: number): Remedy[] {
  const limit100ms = Math.min(5000, Math.max(10, Math.ceil((3 * limitMs) / 100)))
  if (limit100ms * 100 <= limitMs) return []
  const dial = dialledBy(story)
  const sentence = `Wait longer: ${secondsText(limit100ms * 100)}.`
  if (story.fact('timer')?.name === 'ftp') return [{ sentence, commands: [`AT#FTPTO=${limit100ms}`] }]
  if (dial && dial.timeout100ms !== null)
    return [{ sentence, commands: [dialText({ ...dial, timeout100ms: limit100ms })] }]
  const { pktSize, maxToS, txTo100ms } = now.ssl.config
  return [{ sentence, commands: [`AT#SSLCFG=1,1,${pktSize},${maxToS},${limit100ms},${txTo100ms}`] }]
}
