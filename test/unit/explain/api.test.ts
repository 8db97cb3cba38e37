import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseCommandLine } from '../../../src/main/options/options.ts'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator.ts'
import { apiCalls } from '../../../src/shared/api/api.ts'
import type { Explanation, WhyAnswer } from '../../../src/shared/explain/explanation.ts'

/** Starts a simulator with its lab, for `why` as a window calls it. */
async function simulator(): Promise<Simulator> {
  const folder = mkdtempSync(join(tmpdir(), 'why-'))
  const options = parseCommandLine(['--headless', '--ui', 'off', '--state', 'none', '--link', join(folder, 'tty')])
  const started = await startSimulator(options)
  onTestFinished(async () => {
    await started.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return started
}

/** Types a line into the board's terminal and waits for the module's response. */
async function at({ api }: Simulator, line: string): Promise<void> {
  const { timeline } = await api.snapshot()
  await new Promise<void>((resolve) => {
    const stop = api.subscribe(({ events }) => {
      if (!events.some(({ seq, what }) => seq >= timeline.nextSeq && what.kind === 'result')) return
      stop()
      resolve()
    })
    void api.type({ instance: 0, bytes: Uint8Array.from(Buffer.from(`${line}\r`)) })
  })
}

describe('why of the API', () => {
  it('walks from one question to the next by the remedies, up to a connection with the lab', async () => {
    const running = await simulator()
    const why = async (): Promise<WhyAnswer> =>
      JSON.parse(JSON.stringify(await running.api.why({ seq: null }))) as WhyAnswer
    const asked: string[] = []
    // Nobody at the port, context, SSL, dial: the commands of each answer lead to the next question.
    while ((await running.api.snapshot()).ssl.status !== 2) {
      const { present, failure } = await why()
      expect(failure).toBeNull()
      asked.push(present!.id)
      for (const command of present!.remedies[0]!.commands) await at(running, command)
      if (present!.id === 'nobody-at-port') await at(running, 'AT#SGACT=1,1')
    }
    expect(asked.slice(-2)).toEqual(['ssl-not-enabled', 'ready-to-dial'])
    expect(asked.length).toBeLessThan(5)
    expect((await why()).present!.id).toBe('open-idle')
  })

  it('a failure of the lab: explained by its event as by null, and the remedy is there', async () => {
    const running = await simulator()
    const { lab } = await running.api.snapshot()
    await at(running, 'AT+CMEE=2')
    await at(running, `AT#SSLD=1,${lab.tls!.port},"${lab.tls!.host}",0,1`)
    const { failure } = await running.api.why({ seq: null })
    expect(failure).toMatchObject({
      title: 'SSL is not enabled',
      error: { answer: '+CME ERROR: SSL not activated' }
    } satisfies Partial<Record<keyof Explanation, unknown>>)
    expect((await running.api.why({ seq: failure!.seq })).failure).toEqual(failure)
    expect((await running.api.why({ seq: 0 })).failure).toBeNull()
  })

  it('asks for a seq or null, and for nothing else', () => {
    const takes = (query: unknown): boolean => v.safeParse(apiCalls.why, [query]).success
    expect([{ seq: null }, { seq: 0 }, { seq: -1 }, { seq: 1.5 }, {}, { seq: 1, more: 1 }].map(takes)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false
    ])
  })
})
