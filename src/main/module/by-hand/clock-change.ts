import { clockChipText, type ClockChange } from '../../../shared/hardware/clock-change.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Module } from '../module.ts'

/**
 * Changes the clock chip or the network time as a person asked, and reports it on the timeline. Works like AT+CCLK and
 * AT#NITZ on AT0, also while a host has the port. Changes all or nothing; throws an error of one sentence.
 */
export function setClock(
  { parts: { clockChip }, instances, powered }: Module,
  { at, networkTime }: ClockChange,
  timeline: TimelineReporter
): void {
  // First of all: an invalid time changes nothing.
  const text = at === undefined ? null : clockChipText(at)
  if (networkTime !== undefined && !powered) {
    throw new Error('The module is off: it takes #NITZ from its stored profile when it starts, so switch it on first.')
  }
  if (text !== null && !clockChip.setFromText(text)) throw new Error(`The clock chip does not take ${text}.`)
  const { settings } = instances[0]!
  const before = settings.get('#NITZ.val')
  if (networkTime !== undefined) settings.set('#NITZ.val', networkTime ? before | SETS_TIME : before & ~SETS_TIME)
  const done = [
    text === null ? '' : `The clock was set to ${clockChip.text()}.`,
    networkTime === undefined
      ? ''
      : `Network time was switched ${networkTime ? 'on: the next registration sets the clock' : 'off: the clock stays as it is set'}.`
  ].filter((one) => one !== '')
  timeline.report({
    kind: 'note',
    sentence: done.join(' ') || 'The clock was left as it is.',
    act: {
      name: 'clock',
      argument: { ...(at === undefined ? {} : { at }), ...(networkTime === undefined ? {} : { networkTime }) }
    }
  })
}

/** Bit of the first value of #NITZ: network time sets the clock. */
const SETS_TIME = 1
