/** @module What a person does to the module outside of the AT port: keys, SIM card, clock chip and NVM. */

import type { KeyPress } from '../../../shared/api/api.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Module } from '../module.ts'

/** Presses a key of the board. Its timeline event is the cause of what follows. */
export function pressKey(module: Module, { key }: KeyPress, timeline: TimelineReporter): void {
  const name = key === 'on' ? 'ON' : 'RESET'
  const sentence = `The ${name} key was pressed${module.supply.on ? '.' : '; the plug is out, so nothing happens.'}`
  const cause = timeline.report({ kind: 'note', sentence, act: { name: 'key', argument: { key } } })
  if (key === 'on') module.pressOn(cause)
  else module.pressReset(cause)
}
