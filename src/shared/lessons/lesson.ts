import type { Snapshot } from '../calls/snapshot.ts'
import type { ModuleProfile } from '../products/profile.ts'
import type { TimelineEvent } from '../timeline/events.ts'

/**
 * A lesson: steps that are done on the live board, each with a check that sees whether it was done, in whatever way. Lessons
 * are data and pure functions; a window draws them and a test plays them through.
 */
export interface Lesson {
  /** Under which progress is kept; never changed. */
  readonly id: string
  readonly title: string
  /** Chapter of the guide that it is about. */
  readonly chapter: string
  /** What one knows afterwards, one sentence. */
  readonly about: string
  /** Why it cannot be done with this product, one sentence; null when it can. */
  readonly unfit: (profile: ModuleProfile) => string | null
  readonly steps: readonly LessonStep[]
}

export interface LessonStep {
  readonly id: string
  /** What is to be done: a verb and its object. */
  readonly title: string
  /** What it is for, one or two sentences. */
  readonly text: string
  /** What is typed for it on this product; a person may type something else that does the same. */
  readonly send: (world: LessonWorld) => LessonSending
  /** What was seen, one sentence, once the step is done; null while it is not. Pure. */
  readonly check: (seen: Seen) => string | null
  /** What it needs to be so before. */
  readonly needs: StepNeeds
  /** What to try where it does not work. */
  readonly hint: string
  /** Where to look, and what is to be seen there. */
  readonly notice?: StepNotice
  /** It need not be done: what it is for is so already, and why; null when it is not. */
  readonly already?: (snapshot: Snapshot) => string | null
}

export interface LessonWorld {
  readonly profile: ModuleProfile
  readonly snapshot: Snapshot
}

/** What happened since the step began, oldest first, and how the module is now. */
export interface Seen {
  readonly snapshot: Snapshot
  readonly events: readonly TimelineEvent[]
}

export type LessonSending =
  /** Command lines, each after the result of the one before. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  /** A line that prompts, then the text with Ctrl-Z. */
  | { readonly kind: 'entry'; readonly line: string; readonly text: string }
  /** Bytes to the far end, in online mode. */
  | { readonly kind: 'online'; readonly text: string }
  /** `+++` alone, with its silence. */
  | { readonly kind: 'escape' }
  /** ESC: leaves a prompt with nothing done. */
  | { readonly kind: 'leave' }
  /** The certificate authority of the lab into slot 1; its PEM is not part of the lesson. */
  | { readonly kind: 'lab-ca' }

/** `any`: the module hears commands. `closed`, `command`, `online`: and the SSL socket is so. */
export type StepNeeds = 'any' | 'closed' | 'command' | 'online'

export interface StepNotice {
  readonly text: string
  /** Id of the panel where it is to be seen, and what the link to it says. */
  readonly panel: LessonPanel
  readonly link: string
}

export type LessonPanel =
  'handshake' | 'socket' | 'timers' | 'timeline' | 'why' | 'board' | 'nvm' | 'context' | 'terminal'

/** Where the guide's examples dial; the lab answers there. */
export const guideDial = { host: '123.124.125.126', port: 443 } as const

export const dialLine = (mode: 0 | 1): string => `AT#SSLD=1,${guideDial.port},"${guideDial.host}",0,${mode}`

export const lines = (...all: readonly string[]): LessonSending => ({ kind: 'lines', lines: all })
