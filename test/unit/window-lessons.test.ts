import { describe, expect, it } from 'vitest'
import { lessons } from '../../src/shared/lessons/index.ts'
import type { Lesson, LessonSending, LessonStep, Seen } from '../../src/shared/lessons/lesson.ts'
import { obstacleOf } from '../../src/shared/lessons/obstacle.ts'
import {
  backTo,
  doneSteps,
  isLessonDone,
  isProgress,
  stepDone,
  type LessonProgress
} from '../../src/shared/lessons/progress.ts'
import { badAnswer } from '../../src/shared/lessons/seen.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'
import { ruleById } from '../../src/shared/rules/rules.ts'
import { testPki } from '../fixtures/pki.ts'
import { WhyBench } from '../fixtures/why-bench.ts'

/** Plays lessons on a bench: the real module, real TLS on both sides, and the commands of each product. */
class Pupil {
  readonly bench: WhyBench
  constructor(readonly product: string) {
    this.bench = new WhyBench({ product })
    this.bench.echo()
  }

  private from = 0

  begin(): void {
    this.from = this.bench.timeline.nextSeq
  }

  seen(): Seen {
    return { snapshot: this.bench.snapshot(), events: this.bench.events().filter(({ seq }) => seq >= this.from) }
  }

  world() {
    return { profile: profileOf(this.product), snapshot: this.bench.snapshot() }
  }

  send(sending: LessonSending): void {
    const { bench } = this
    if (sending.kind === 'lines') for (const line of sending.lines) bench.at(line)
    else if (sending.kind === 'entry') {
      bench.at(sending.line)
      bench.type(`${sending.text}\x1a`)
      bench.pass(500)
    } else if (sending.kind === 'online') {
      bench.type(sending.text)
      bench.pass(6000)
    } else if (sending.kind === 'escape') {
      bench.pass(1100).type('+++')
      bench.pass(1100)
    } else if (sending.kind === 'leave') bench.type('\x1b')
    else bench.enter(1, testPki().ca.pem)
  }

  /** Does a step like its button. Returns what was seen. */
  do(step: LessonStep): string | null {
    this.begin()
    this.send(step.send(this.world()))
    return step.check(this.seen())
  }
}

const lesson = (id: string): Lesson => lessons.find((one) => one.id === id)!
const stepOf = (which: Lesson, id: string): LessonStep => which.steps.find((step) => step.id === id)!

describe.each(['HE910', 'UE910-EUR', 'GE865-QUAD', 'GT863-PY', 'GC864-QUAD V2'].filter(isProduct))(
  'on %s',
  (product) => {
    it.each(lessons)('$title: every step is done by what its button sends, and by nothing else', (which) => {
      const pupil = new Pupil(product)
      expect(which.unfit(profileOf(product))).toBeNull()
      for (const [at, step] of which.steps.entries()) {
        pupil.begin()
        const early = step.already?.(pupil.bench.snapshot()) ?? null
        if (early === null)
          expect({ step: step.id, early: step.check(pupil.seen()) }).toEqual({ step: step.id, early: null })
        expect(obstacleOf(which, at, pupil.bench.snapshot())).toBeNull()
        const said = pupil.do(step)
        expect({ step: step.id, said }).toEqual({ step: step.id, said: expect.stringMatching(/^.{10,160}\.$/) })
      }
    })
  }
)

function isProduct(name: string): boolean {
  try {
    return profileOf(name).hasSsl
  } catch {
    return false
  }
}

describe('a lesson that does not go as it should', () => {
  it('tells what was answered instead', () => {
    const pupil = new Pupil('HE910')
    pupil.begin()
    pupil.bench.at('AT#SSLEN=1,7')
    expect(badAnswer(pupil.seen())).toMatch(/^It answered ERROR: .+/)
    pupil.begin()
    pupil.bench.at('AT')
    expect(badAnswer(pupil.seen())).toBeNull()
  })

  it('finds its way back when the connection is gone, suspended or in the way', () => {
    const pupil = new Pupil('HE910')
    const which = lesson('online-mode')
    const at = (id: string): number => which.steps.findIndex((step) => step.id === id)
    const way = (id: string) => obstacleOf(which, at(id), pupil.bench.snapshot())
    for (const id of ['context', 'enable', 'security', 'dial']) pupil.do(stepOf(which, id))
    expect(way('ask')).toMatchObject({ send: { kind: 'escape' } })
    expect(way('talk')).toBeNull()
    pupil.do(stepOf(which, 'suspend'))
    expect(way('talk')).toMatchObject({ send: { kind: 'lines', lines: ['AT#SSLO=1'] } })
    expect(way('dial')).toMatchObject({ send: { kind: 'lines', lines: ['AT#SSLH=1'] } })
    pupil.bench.at('AT#SSLH=1')
    expect(way('talk')).toEqual({ sentence: 'The connection is closed.', send: null, back: at('dial') })
    expect(way('restore')).toMatchObject({ back: at('dial') })
    pupil.bench.at('AT#SHDN')
    pupil.bench.pass(5000)
    expect(way('context')).toMatchObject({ sentence: expect.stringContaining('ON key'), send: null, back: null })
  })

  it('leaves a prompt that still waits', () => {
    const pupil = new Pupil('HE910')
    const which = lesson('command-mode')
    for (const id of ['context', 'enable', 'security', 'dial']) pupil.do(stepOf(which, id))
    pupil.bench.at('AT#SSLSEND=1')
    const obstacle = obstacleOf(
      which,
      which.steps.findIndex(({ id }) => id === 'read'),
      pupil.bench.snapshot()
    )!
    expect(obstacle.send).toEqual({ kind: 'leave' })
    pupil.send(obstacle.send!)
    expect(obstacleOf(which, 6, pupil.bench.snapshot())).toBeNull()
  })

  it('is not offered where the product cannot do it', () => {
    const none = profileOf('GE865-QUAD', '10.00.xx3')
    for (const which of lessons) expect(which.unfit(none)).toMatch(/no SSL commands/)
    expect(lesson('expired-certificate').unfit({ ...profileOf('HE910'), checkExpiry: false })).toMatch(
      /does not look at the end/
    )
  })

  it('takes the stored CA certificate for the lab’s by its fingerprint, whatever name it has', () => {
    const pupil = new Pupil('HE910')
    const { already } = stepOf(lesson('expired-certificate'), 'store')
    for (const id of ['context', 'enable', 'verify', 'store']) pupil.do(stepOf(lesson('expired-certificate'), id))
    const snapshot = pupil.bench.snapshot()
    const { sha1Fingerprint } = snapshot.slots.find(({ dataType }) => dataType === 1)!
    const told = (caSha1Fingerprint: string | null): string | null =>
      already!({ ...snapshot, lab: { ...snapshot.lab, caSha1Fingerprint } })
    expect(told(sha1Fingerprint)).toBe('The lab’s CA certificate is stored.')
    expect(told(sha1Fingerprint!.replaceAll('A', 'B'))).toBeNull()
    expect(told(null)).toBeNull()
    // Another authority with the same name as the lab's, and an empty slot.
    const named = snapshot.slots.map((slot) => (slot.dataType === 1 ? { ...slot, subject: 'CN=Lab Root CA' } : slot))
    expect(already!({ ...snapshot, slots: named })).toBeNull()
    const empty = snapshot.slots.map((slot) => ({ ...slot, sha1Fingerprint: null }))
    expect(already!({ ...snapshot, slots: empty })).toBeNull()
  })

  it('has what is typed by hand in another form count as well', () => {
    const pupil = new Pupil('HE910')
    const which = lesson('command-mode')
    for (const id of ['context', 'enable', 'security']) pupil.do(stepOf(which, id))
    pupil.begin()
    pupil.bench.at('AT#SSLD=1,443,123.124.125.126,0,1,300')
    expect(stepOf(which, 'dial').check(pupil.seen())).toMatch(/^OK: open/)
  })
})

describe('what lessons are made of', () => {
  it('ids are unique, sentences end, and each chapter is one of the guide', () => {
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length)
    for (const { steps, about, chapter } of lessons) {
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length)
      expect(about).toMatch(/\.$/)
      expect(chapter).toMatch(/^\d(\.\d)+$/)
      for (const { text, hint, title, notice } of steps) {
        for (const sentence of [text, hint, ...(notice ? [notice.text] : [])])
          expect(sentence).toMatch(/^[A-Z0-9#+].*\.$/s)
        expect(title).not.toMatch(/[.!]$/)
      }
    }
    expect(ruleById('G-4.5-1')).not.toBeNull()
  })

  it('progress grows step by step, goes back, begins anew, and survives what is no progress', () => {
    const which = lesson('online-mode')
    let progress: LessonProgress = {}
    for (const step of which.steps) {
      expect(isLessonDone(progress, which)).toBe(false)
      progress = stepDone(progress, which, `did ${step.id}`)
    }
    expect(isLessonDone(progress, which)).toBe(true)
    expect(doneSteps(stepDone(progress, which, 'one too many'), which)).toHaveLength(which.steps.length)
    expect(doneSteps(backTo(progress, which, 3), which)).toEqual(['did context', 'did enable', 'did security'])
    expect(doneSteps(backTo(progress, which, 0), which)).toEqual([])
    expect(JSON.parse(JSON.stringify(progress))).toSatisfy(isProgress)
    for (const wrong of [null, [], 'x', { a: 1 }, { a: [1] }]) expect(isProgress(wrong)).toBe(false)
  })
})
