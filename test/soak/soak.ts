import { setTimeout as pause } from 'node:timers/promises'
import { hasSettled, judge, percent, whatStayed, type Growth, type PhaseRecord, type Sample } from './judge.ts'
import { phases, type Phase } from './phases.ts'
import { SoakedProgram, type Figures } from './soaked-program.ts'

export { percent }

/** The result of one phase. */
export interface PhaseResult {
  readonly name: string
  readonly unit: string
  /** Amount of work in the warm-up, and after it. */
  readonly warmUpCount: number
  readonly count: number
  /** Of the work after the warm-up. */
  readonly seconds: number
  /** Heap and buffers at rest, after the warm-up and after the work, without the timeline. */
  readonly warmBytes: number
  readonly leftBytes: number
  readonly growth: Growth | null
  readonly rssBytes: number
  readonly descriptorsBefore: number | null
  readonly descriptorsAfter: number | null
  /** Failed checks, one sentence each. */
  readonly failures: readonly string[]
}

export interface LongForm {
  readonly kind: 'long'
  /** Of all phases together, with their warm-ups. The minimum of `online` and filling the timeline come in addition. */
  readonly seconds: number
  /** What `online` carries at least, even if it takes longer. */
  readonly onlineMegabytes: number
}

export type SoakForm = { readonly kind: 'short' } | LongForm

export interface SoakOptions {
  readonly root: string
  /**
   * `short`: a fixed amount of work, enough to show that nothing is left. `long`: each phase has its time, including
   * the warm-up.
   */
  readonly form: SoakForm
  /** Names of phases; `null` for all. */
  readonly only: readonly string[] | null
  report(result: PhaseResult): void
}

export const phaseNames = phases.map(({ name }) => name)

/** Runs the phases one after the other on one program, or on a new one when it has ended. Returns their results. */
export async function soak({ root, form, only, report }: SoakOptions): Promise<readonly PhaseResult[]> {
  const results: PhaseResult[] = []
  const wanted = phases.filter(({ name }) => only === null || only.includes(name))
  const start = (): Promise<SoakedProgram> => (form.kind === 'long' ? filledProgram(root) : SoakedProgram.start(root))
  const shares = wanted.reduce((sum, phase) => sum + phase.shares, 0)
  let program = await start()
  try {
    for (const [at, phase] of wanted.entries()) {
      let result = await soakPhase(program, phase, planOf(phase, form, shares))
      const isLast = at === wanted.length - 1
      // A phase that broke something must not affect the next.
      if (isLast || result.failures.length > 0) {
        const status = await program.stop()
        if (status !== 0)
          result = {
            ...result,
            failures: [...result.failures, `the program ended with ${status ?? 'a signal'} instead of 0`]
          }
        if (!isLast) program = await start()
      }
      report(result)
      results.push(result)
    }
  } finally {
    await program.stop()
  }
  return results
}

/** Starts a program and fills its timeline, which grows until then. */
async function filledProgram(root: string): Promise<SoakedProgram> {
  const program = await SoakedProgram.start(root)
  const running = await phases.find(({ name }) => name === 'online')!.begin(program)
  for (let [before, times] = [-1, 0]; times < FULL_TIMES;) {
    for (let at = 0; at < FILLS_A_LOOK; at += 1) await running.batch()
    const { timelineBytes } = await program.figures()
    times = timelineBytes > before ? 0 : times + 1
    before = timelineBytes
  }
  await running.end()
  // Its host is gone once this is answered: until then another host's input would be refused.
  await program.figures()
  return program
}

/** The work of one phase; `null` in the short form. */
type Plan = { readonly limitMs: number; readonly atLeast: number } | null

function planOf({ name, shares }: Phase, form: SoakForm, allShares: number): Plan {
  if (form.kind === 'short') return null
  return { limitMs: (form.seconds * 1000 * shares) / allShares, atLeast: name === 'online' ? form.onlineMegabytes : 0 }
}

async function soakPhase(program: SoakedProgram, phase: Phase, plan: Plan): Promise<PhaseResult> {
  const samples: Sample[] = []
  let [before, warm, after]: [Figures | null, Figures | null, Figures | null] = [null, null, null]
  let [warmUpCount, count, seconds] = [0, 0, 0]
  let isSettled = false
  let broke: string | null = null
  try {
    // What is made once and kept is made before counting.
    const first = await phase.begin(program)
    await first.batch()
    await first.end()
    before = await settled(program, null)
    const warmUp = await warmedUp(program, phase, plan)
    ;({ count: warmUpCount, isSettled } = warmUp)
    warm = await settled(program, before)
    const running = await phase.begin(program)
    const beganMs = performance.now()
    const workedMs = (): number => performance.now() - beganMs
    let sampledMs = 0
    for (
      let batches = 0;
      plan ? isToGoOn(plan, warmUp, count, workedMs()) : batches < MEASURED_LOOKS * phase.batchesALook;
      batches += 1
    ) {
      count += await running.batch()
      if (plan && workedMs() - sampledMs < SAMPLE_MS) continue
      await running.rest?.()
      sampledMs = workedMs()
      samples.push({ hours: sampledMs / 3_600_000, levelBytes: (await program.figures()).levelBytes })
    }
    seconds = workedMs() / 1000
    await running.end()
    after = await settled(program, before)
  } catch (error) {
    broke = error instanceof Error ? error.message : String(error)
  }
  const record: PhaseRecord = { before, warm, after, samples, isSettled, broke }
  return {
    name: phase.name,
    unit: phase.unit,
    warmUpCount: Math.round(warmUpCount),
    count: Math.round(count),
    seconds,
    warmBytes: warm?.levelBytes ?? 0,
    leftBytes: after?.levelBytes ?? 0,
    rssBytes: after?.rssBytes ?? 0,
    descriptorsBefore: before?.descriptors ?? null,
    descriptorsAfter: after?.descriptors ?? null,
    ...judge(record, plan ? 'long' : 'short')
  }
}

interface WarmUp {
  readonly count: number
  readonly ms: number
  readonly isSettled: boolean
}

/**
 * Works until the level at rest has stopped rising. By count, since a busy machine takes longer to compile the same
 * code. Bounded.
 */
async function warmedUp(program: SoakedProgram, phase: Phase, plan: Plan): Promise<WarmUp> {
  const limitMs = plan ? plan.limitMs / 2 : Infinity
  const settles = plan ? LONG_WARM_UP : SHORT_WARM_UP
  const running = await phase.begin(program)
  const beganMs = performance.now()
  const looks: Figures[] = []
  const isSettled = (): boolean => {
    const timeline = looks.slice(-settles.looks).map(({ timelineBytes }) => timelineBytes)
    const turnedOver =
      Math.max(...timeline) - Math.min(...timeline) <= settles.timelineTolerance * Math.max(...timeline)
    return (
      turnedOver &&
      hasSettled(
        looks.map(({ levelBytes }) => levelBytes),
        settles
      )
    )
  }
  let count = 0
  while (!isSettled() && looks.length < settles.mostLooks && performance.now() - beganMs < limitMs) {
    for (let batch = 0; batch < phase.batchesALook; batch += 1) count += await running.batch()
    await running.rest?.()
    looks.push(await program.figures())
  }
  await running.end()
  return { count, ms: performance.now() - beganMs, isSettled: isSettled() }
}

/** Returns whether to continue: there is time left after the warm-up, or `online` has not carried its minimum. */
function isToGoOn({ limitMs, atLeast }: NonNullable<Plan>, warmUp: WarmUp, count: number, workedMs: number): boolean {
  const restMs = limitMs - warmUp.ms
  return workedMs < restMs || (warmUp.count + count < atLeast && workedMs < limitMs * LONGEST)
}

/**
 * Returns figures at rest, since closed things take a moment to disappear. With `wanted`, returns as soon as only that
 * much is in use.
 */
async function settled(program: SoakedProgram, wanted: Figures | null): Promise<Figures> {
  let figures = await program.figures()
  for (let waitedMs = 0; waitedMs < SETTLE_LIMIT_MS; waitedMs += SETTLE_STEP_MS) {
    const earlier = figures
    await pause(SETTLE_STEP_MS)
    figures = await program.figures()
    if (whatStayed(wanted ?? earlier, figures).length === 0 && (wanted !== null || waitedMs >= REST_MS)) break
  }
  return figures
}

/** The timeline counts as full after so many measurements without growth. */
const FULL_TIMES = 3
const FILLS_A_LOOK = 4
/** A check of 250 dials adds less than a hundredth; the rest of the rise is less than MAX_LEFT. */
const SHORT_WARM_UP = { looks: 2, tolerance: 0.01, timelineTolerance: Infinity, mostLooks: 16 }
/**
 * Some thousand dials in a row without a new maximum. The timeline must also be steady: each of its blocks takes half a
 * kilobyte of heap, and events of other kinds make more or fewer blocks of the same memory.
 */
const LONG_WARM_UP = { looks: 20, tolerance: 0.001, timelineTolerance: 0.02, mostLooks: Infinity }
const MEASURED_LOOKS = 2
const SAMPLE_MS = 1000
/** By which factor a phase may exceed its time to carry its minimum. */
const LONGEST = 2
const SETTLE_LIMIT_MS = 10_000
const SETTLE_STEP_MS = 100
const REST_MS = 500
