import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { phases, type Phase } from './phases.ts'
import { slopeOf } from './slope.ts'
import { SoakedProgram, type Figures } from './soaked-program.ts'

/** How one phase went. */
export interface PhaseResult {
  readonly name: string
  readonly unit: string
  readonly count: number
  readonly seconds: number
  /** Heap and buffers at the end, without the timeline. */
  readonly levelBytes: number
  /** How the level grew over the second half, in parts of the level and hour, and the standard error of that. */
  readonly growthAnHour: number
  readonly growthError: number
  readonly rssBytes: number
  readonly before: Pick<Figures, 'descriptors' | 'resources'>
  readonly after: Pick<Figures, 'descriptors' | 'resources'>
  /** What did not hold, a sentence each. */
  readonly failures: readonly string[]
}

export interface SoakOptions {
  readonly root: string
  /** Of each phase, after its warm-up. */
  readonly secondsAPhase: number
  /** Names of phases; `null`: all. */
  readonly only: readonly string[] | null
  /** Megabytes that `online` carries at least, however long that takes. */
  readonly onlineMegabytes: number
  /** Whether the timeline is filled first: only then does a slope tell anything. */
  readonly fill: boolean
  report(result: PhaseResult): void
}

/** Runs the phases one after the other on one program, or on the next where it has ended; returns how each went. */
export async function soak({ root, secondsAPhase, only, onlineMegabytes, fill, report }: SoakOptions): Promise<readonly PhaseResult[]> {
  const results: PhaseResult[] = []
  const wanted = phases.filter(({ name }) => only === null || only.includes(name))
  const start = (): Promise<SoakedProgram> => (fill ? filledProgram(root) : SoakedProgram.start(root))
  let program = await start()
  for (const [at, phase] of wanted.entries()) {
    let result = await soakPhase(program, phase, secondsAPhase * 1000, phase.name === 'online' ? onlineMegabytes : 0)
    const isLast = at === wanted.length - 1
    // One phase that broke something must not spoil the next.
    if (isLast || result.failures.length > 0) {
      const status = await program.stop()
      if (status !== 0) result = { ...result, failures: [...result.failures, `the program ended with ${status ?? 'a signal'} instead of 0`] }
      if (!isLast) program = await start()
    }
    report(result)
    results.push(result)
  }
  return results
}

/** A program whose timeline is full: until then it grows, as it should. */
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
  return program
}

export const phaseNames = phases.map(({ name }) => name)

async function soakPhase(program: SoakedProgram, phase: Phase, forMs: number, atLeast: number): Promise<PhaseResult> {
  const failures: string[] = []
  const samples: { readonly hours: number; readonly levelBytes: number }[] = []
  let [before, rest, last]: (Figures | null)[] = [null, null, null]
  let count = 0
  const startMs = performance.now()
  const hours = (): number => (performance.now() - startMs) / 3_600_000
  try {
    // What is made once and kept (compiled code, pools) is made before anything is counted.
    const first = await phase.begin(program)
    await first.batch()
    await first.end()
    before = await settled(program, null)
    const warm = await phase.begin(program)
    for (const untilMs = performance.now() + forMs * WARM_UP; performance.now() < untilMs;) await warm.batch()
    await warm.end()
    rest = await settled(program, before)
    const running = await phase.begin(program)
    const beganMs = performance.now()
    while (performance.now() - beganMs < forMs || (count < atLeast && performance.now() - beganMs < forMs * LONGEST)) {
      count += await running.batch()
      last = await program.figures()
      samples.push({ hours: hours(), levelBytes: last.levelBytes })
    }
    await running.end()
    last = await settled(program, before)
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error))
  }
  const seconds = (performance.now() - startMs) / 1000
  const half = samples.slice(Math.floor(samples.length / 2))
  const growth = slopeOf(meansOf(half))
  const levelBytes = samples.at(-1)?.levelBytes ?? 0
  const [growthAnHour, growthError] = [growth.perX / levelBytes, growth.error / levelBytes]
  const isLong = half.length > 0 && half.at(-1)!.hours - half[0]!.hours >= LONG_HOURS
  if (isLong && growthAnHour - SURE * growthError > MAX_GROWTH_AN_HOUR) failures.push(`memory grows by ${percent(growthAnHour)} of the level an hour, and ${percent(MAX_GROWTH_AN_HOUR)} is the most`)
  if (rest && last && last.levelBytes > rest.levelBytes * MAX_LEFT) failures.push(`${rest.levelBytes} bytes at rest before, ${last.levelBytes} after`)
  const highest = Math.max(...samples.map((one) => one.levelBytes))
  if (rest && highest > rest.levelBytes * MAX_WHILE_WORKING) failures.push(`${rest.levelBytes} bytes at rest before, up to ${highest} while it worked`)
  if (before && last) failures.push(...whatStayed(before, last))
  const holds = (figures: Figures | null | undefined): PhaseResult['before'] => ({ descriptors: figures?.descriptors ?? null, resources: figures?.resources ?? {} })
  return { name: phase.name, unit: phase.unit, count: Math.round(count), seconds, levelBytes, growthAnHour, growthError, rssBytes: last?.rssBytes ?? 0, before: holds(before), after: holds(last), failures }
}

/** Figures at rest: what was closed takes a moment to be gone. With `wanted`, as soon as as much is held as then. */
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

function whatStayed(before: Figures, after: Figures): string[] {
  const failures: string[] = []
  if (before.descriptors !== after.descriptors) failures.push(`${before.descriptors} descriptors before, ${after.descriptors} after`)
  if (!isDeepStrictEqual(sorted(before.resources), sorted(after.resources))) failures.push(`${listed(before.resources)} before, ${listed(after.resources)} after`)
  return failures
}

function sorted(resources: Figures['resources']): [string, number][] {
  return Object.entries(resources).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function listed(resources: Figures['resources']): string {
  return sorted(resources).map(([name, number]) => `${number} ${name}`).join(', ')
}

export function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

/** Neighbouring samples depend on each other, and would make the line look surer than it is: as many means of them count. */
const GROUPS = 10

function meansOf(samples: readonly { readonly hours: number; readonly levelBytes: number }[]): (readonly [number, number])[] {
  const size = Math.max(1, Math.floor(samples.length / GROUPS))
  return Array.from({ length: Math.floor(samples.length / size) }, (_, group) => {
    const some = samples.slice(group * size, (group + 1) * size)
    const mean = (of: (one: (typeof some)[number]) => number): number => some.reduce((sum, one) => sum + of(one), 0) / some.length
    return [mean((one) => one.hours), mean((one) => one.levelBytes)] as const
  })
}

/** A line through less than a minute says nothing of an hour: then only what is left at rest counts. */
const LONG_HOURS = 1 / 60
/** What may be left at rest after a phase, by what was there before: code that was compiled, pools that were filled. */
const MAX_LEFT = 1.05
/** And while it works: however much comes, only so much of it is held. */
const MAX_WHILE_WORKING = 1.5
/** Looks at the timeline that find it no larger: it is full. */
const FULL_TIMES = 3
const FILLS_A_LOOK = 4
/** Of the time of a phase: compiled code and pools take some thousand dials until they are as they stay. */
const WARM_UP = 1
/** How many times its time a phase may take to carry what it is to carry. */
const LONGEST = 4
const MAX_GROWTH_AN_HOUR = 0.01
/** The collector leaves now more, now less: a line counts as rising when it does so by more than three standard errors. */
const SURE = 3
const SETTLE_LIMIT_MS = 10_000
const SETTLE_STEP_MS = 100
const REST_MS = 500
