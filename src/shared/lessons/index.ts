/** @module The lessons, with the events that end each step. */

import { commandMode } from './command-mode.ts'
import { expiredCertificate } from './expired-certificate.ts'
import type { Lesson } from './lesson.ts'
import { onlineMode } from './online-mode.ts'

/** All lessons, in the order in which they build on each other. */
export const lessons: readonly Lesson[] = [onlineMode, commandMode, expiredCertificate]
