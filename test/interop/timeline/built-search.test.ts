import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeMatches } from '../../../src/shared/timeline/matches.ts'
import { lineOf } from '../../../src/shared/timeline/reading.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

let simulator: SimulatorProcess
let client: ControlClient

beforeEach(async () => {
  simulator = await startSimulatorProcess()
  client = await ControlClient.open(simulator.ready.control!)
})
afterEach(async () => {
  client.close()
  await simulator.stop()
})

const text = (pattern: string): { pattern: string; regex: boolean; matchCase: boolean } => ({
  pattern,
  regex: true,
  matchCase: true
})

describe('a search of the built program', () => {
  it('finds what the events say', async () => {
    const { events } = await client.events(0)
    const { nextSeq } = await client.events(0)
    const found = await client.findEvents({ filter: { text: text('^STATE .*→') }, fromSeq: 0, toSeq: nextSeq })
    const seqs = [...decodeMatches(found.matches, found.fromSeq, found.count)]
    expect(seqs.length).toBeGreaterThan(2)
    const wanted = events.filter(({ seq, what }) => seq < nextSeq && /^STATE .*→/.test(lineOf(what)))
    expect(seqs.slice(0, wanted.length)).toEqual(wanted.map(({ seq }) => seq))
    expect(await client.eventsAt(seqs.slice(0, 2))).toEqual(wanted.slice(0, 2))
  })

  it('runs in a thread of its own: a hopeless pattern holds nothing up, and is stopped', async () => {
    let ended = false
    const hopeless = client.findEvents({ filter: { text: text('(.+)+(.+)+(.+)+~#$') }, fromSeq: 0, toSeq: null }).then(
      () => 'found',
      (error: Error) => error.message
    )
    void hopeless.then(() => (ended = true))
    // Calls of one client are answered in order; those of others do not wait.
    const other = await ControlClient.open(simulator.ready.control!)
    for (let times = 0; times < 20; times++) await other.snapshot()
    other.close()
    expect(ended).toBe(false)
    expect(await hopeless).toBe(
      'The pattern took longer than 5 s to search the timeline and was stopped; use a simpler one.'
    )
    expect(
      (await client.findEvents({ filter: { kinds: ['transition'] }, fromSeq: 0, toSeq: null })).count
    ).toBeGreaterThan(2)
  }, 60_000)

  it('refuses what it cannot search for', async () => {
    await expect(client.findEvents({ filter: { text: text('(') }, fromSeq: 0, toSeq: null })).rejects.toThrow(
      '"(" is not a regular expression: unterminated group.'
    )
    await expect(client.findEvents({ filter: { chainOf: 1e9 }, fromSeq: 0, toSeq: null })).rejects.toThrow(
      'Event 1000000000 has not happened yet.'
    )
    await expect(client.eventsAt(Array.from({ length: 1001 }, () => 0))).rejects.toThrow(
      'The call eventsAt was refused'
    )
  })
})
