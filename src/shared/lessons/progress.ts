import type { Lesson } from './lesson.ts'

/** The progress in each lesson, by its id: what was seen in each step that is done, in order. */
export type LessonProgress = Readonly<Record<string, readonly string[]>>

/** Returns the steps that are done. A lesson that became shorter counts as done. */
export function doneSteps(progress: LessonProgress, { id, steps }: Lesson): readonly string[] {
  return (progress[id] ?? []).slice(0, steps.length)
}

export function isLessonDone(progress: LessonProgress, lesson: Lesson): boolean {
  return doneSteps(progress, lesson).length === lesson.steps.length
}

/** Returns the progress with the next step done. */
export function stepDone(progress: LessonProgress, lesson: Lesson, said: string): LessonProgress {
  return { ...progress, [lesson.id]: [...doneSteps(progress, lesson), said].slice(0, lesson.steps.length) }
}

/** Returns the progress before step `at`; 0 to start again. */
export function backTo(progress: LessonProgress, lesson: Lesson, at: number): LessonProgress {
  return { ...progress, [lesson.id]: doneSteps(progress, lesson).slice(0, at) }
}

/** Returns whether a stored value is progress. Anything else is ignored. */
export function isProgress(value: unknown): value is LessonProgress {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((said: unknown) => Array.isArray(said) && said.every((one) => typeof one === 'string'))
  )
}
