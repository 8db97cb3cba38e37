import type { Snapshot } from '../calls/snapshot.ts'
import type { ModuleProfile } from '../products/profile.ts'
import type { TimelineEvent } from '../timeline/events.ts'

/**
 * A lesson: steps on the live board, each with a check whether it was done, in whatever way. Lessons are data and pure
 * functions: the window shows them, and a test plays them.
 */
export interface Lesson {
  /** The key under which progress is stored; never change it. */
  readonly id: string
  readonly title: string
  /** The guide chapter that it is about. */
  readonly chapter: string
  /** What the person learns, in one sentence. */
  readonly about: string
  /** Returns why the product cannot do it, in one sentence, or `null`. */
  readonly unfit: (profile: ModuleProfile) => string | null
  readonly steps: readonly LessonStep[]
}

export interface LessonStep {
  readonly id: string
  /** What to do: a verb and its object. */
  readonly title: string
  /** What it is for, in one or two sentences. */
  readonly text: string
  /** Returns what to type on this product. A person may type something else with the same effect. */
  readonly send: (world: LessonWorld) => LessonSending
  /** Returns what was seen, in one sentence, once the step is done, or `null`. Pure. */
  readonly check: (seen: Seen) => string | null
  /** The state that it needs. */
  readonly needs: StepNeeds
  /** What to try when it does not work. */
  readonly hint: string
  /** Where to look, and what to see there. */
  readonly notice?: StepNotice
  /** Returns why the step is not needed, when its effect is already there, or `null`. */
  readonly already?: (snapshot: Snapshot) => string | null
}

export interface LessonWorld {
  readonly profile: ModuleProfile
  readonly snapshot: Snapshot
}

/** What happened since the step began, oldest first, and the module's present state. */
export interface Seen {
  readonly snapshot: Snapshot
  readonly events: readonly TimelineEvent[]
}

export type LessonSending =
  /** Command lines, each to be sent after the result code of the one before. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  /** A line that gives a prompt, then the text with Ctrl-Z. */
  | { readonly kind: 'entry'; readonly line: string; readonly text: string }
  /** Bytes to the server, in online mode. */
  | { readonly kind: 'online'; readonly text: string }
  /** `+++` with its guard time. */
  | { readonly kind: 'escape' }
  /** ESC, which cancels an entry. */
  | { readonly kind: 'leave' }
  /** Stores the lab's certificate authority in slot 1. The PEM is not part of the lesson. */
  | { readonly kind: 'lab-ca' }

/** `any`: the module takes commands. `closed`, `command`, `online`: also the state of the SSL socket. */
export type StepNeeds = 'any' | 'closed' | 'command' | 'online'

export interface StepNotice {
  readonly text: string
  /** Id of the panel to look at, and the text of the link to it. */
  readonly panel: LessonPanel
  readonly link: string
}

export type LessonPanel =
  'handshake' | 'socket' | 'timers' | 'timeline' | 'why' | 'board' | 'nvm' | 'context' | 'terminal'

/** The address in the guide's examples, where the lab responds. */
export const guideDial = { host: '123.124.125.126', port: 443 } as const

export const dialLine = (mode: 0 | 1): string => `AT#SSLD=1,${guideDial.port},"${guideDial.host}",0,${mode}`

export const lines = (...all: readonly string[]): LessonSending => ({ kind: 'lines', lines: all })
