import type { Lesson } from './lesson.ts'

/** How far somebody is in each lesson, by its id: what was seen in each step that is done, in their order. */
export type LessonProgress = Readonly<Record<string, readonly string[]>>

/** Steps that are done. A lesson that has become shorter is done. */
export function doneSteps(progress: LessonProgress, { id, steps }: Lesson): readonly string[] {
  return (progress[id] ?? []).slice(0, steps.length)
}

export function isLessonDone(progress: LessonProgress, lesson: Lesson): boolean {
  return doneSteps(progress, lesson).length === lesson.steps.length
}

/** With the next step done. */
export function stepDone(progress: LessonProgress, lesson: Lesson, said: string): LessonProgress {
  return { ...progress, [lesson.id]: [...doneSteps(progress, lesson), said].slice(0, lesson.steps.length) }
}

/** Back to before step `at`; 0 begins anew. */
export function backTo(progress: LessonProgress, lesson: Lesson, at: number): LessonProgress {
  return { ...progress, [lesson.id]: doneSteps(progress, lesson).slice(0, at) }
}

/** For what was kept by an earlier window: anything else is forgotten. */
export function isProgress(value: unknown): value is LessonProgress {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((said: unknown) => Array.isArray(said) && said.every((one) => typeof one === 'string'))
  )
}
