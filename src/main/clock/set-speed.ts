import type { SpeedChoice } from '../../shared/hardware/speed.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/** Changes the speed of module time from now on, and reports it on the timeline. */
export function setSpeed(
  clock: { readonly speed: number; setSpeed(speed: number): void },
  { speed }: SpeedChoice,
  timeline: TimelineReporter
): void {
  if (speed === clock.speed) return
  clock.setSpeed(speed)
  const pace = speed === 1 ? 'as' : `${speed} times as fast as`
  timeline.report({
    kind: 'note',
    sentence: `The module’s time runs ${pace} the world’s.`,
    act: { name: 'speed', argument: { speed } }
  })
}
