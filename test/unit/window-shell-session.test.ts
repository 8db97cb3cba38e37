import { describe, expect, it } from 'vitest'
import { sessionSteps, shownText, stepFailure } from '../../src/renderer/shell/start/session-steps.ts'
import { whyNoSession } from '../../src/renderer/state/sentence/why-no-session.ts'
import { noLab } from '../../src/shared/lab/calls.ts'
import type { TimelineEvent, TimelineFact } from '../../src/shared/timeline/events.ts'
import { scene } from '../fixtures/window-states.ts'

// The first session: its lines, and when each counts as done.

const since = (...facts: readonly TimelineFact[]): readonly TimelineEvent[] =>
  facts.map((what, seq) => ({ seq, moduleMs: 0, wallMs: 0, cause: null, instance: 0, what }))
const ok = since({ kind: 'result', word: 'OK', failure: null })
const step = (id: string) => sessionSteps.find((one) => one.id === id)!

describe('the first session', () => {
  const fresh = scene('fresh').snapshot
  const online = scene('online').snapshot

  it('dials the built-in server', () => {
    expect(sessionSteps.map((one) => shownText(one.text(fresh)))).toEqual([
      'AT',
      'AT#SGACT=1,1',
      'AT#SSLEN=1,1',
      `AT#SSLD=1,${fresh.lab.tls!.port},"127.0.0.1",0,0`,
      'Hello from the board',
      '+++',
      'AT#SSLH=1'
    ])
  })

  it('goes on when what a line is for has come about, not before', () => {
    expect(step('at').did(fresh, [])).toBeNull()
    expect(step('at').did(fresh, ok)).toBe('OK: the module answers.')
    expect(step('context').did(fresh, ok)).toBeNull()
    expect(step('context').already!(online)).toContain('10.64.18.7')
    expect(step('dial').did(fresh, ok)).toBeNull()
    expect(step('dial').did(online, [])).toMatch(/^CONNECT: 9 messages in \d+ ms/)
    expect(
      step('data').did(online, since({ kind: 'bytes', direction: 'rx', bytes: Uint8Array.of(72), data: true }))
    ).toContain('The module waited 5.0 s')
    expect(step('escape').did(online, [])).toBeNull()
  })

  it('says what a line was answered with when it failed', () => {
    expect(stepFailure(fresh, ok)).toBeNull()
    expect(stepFailure(fresh, since({ kind: 'result', word: 'ERROR', failure: null }))).toBe(
      'The result code is ERROR.'
    )
  })

  it('says why it cannot be typed', () => {
    expect(whyNoSession(fresh)).toBeNull()
    expect(whyNoSession(online)).toContain('has the port')
    expect(whyNoSession(scene('off').snapshot)).toContain('The module is off')
    expect(whyNoSession({ ...fresh, lab: noLab })).toContain('The lab is off')
  })
})
