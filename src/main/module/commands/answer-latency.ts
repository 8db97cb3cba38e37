import type { Clock } from '../../../shared/contracts/clock.ts'
import type { RandomSource } from '../../../shared/contracts/random.ts'
import { latencyOf } from '../../../shared/hardware/latency.ts'
import { blocked, type Answer, type CallOff } from '../at/answer.ts'

/**
 * Delays a command by the response time of a real module (D-37). When the module is powered off meanwhile, the command
 * never begins.
 */
export function afterLatency(command: string, clock: Clock, random: RandomSource, execute: () => Answer): Answer {
  return blocked((finish) => {
    let callOff: CallOff | void
    const timer = clock.schedule(drawMs(latencyOf(command), random), () => {
      const answer = execute()
      if (answer.kind === 'blocked') callOff = answer.start(finish)
      else finish(answer)
    })
    return () => {
      timer.cancel()
      callOff?.()
    }
  })
}

function drawMs([fromMs, toMs]: readonly [number, number], random: RandomSource): number {
  const [high, low] = random.bytes(2)
  return fromMs + ((high! * 256 + low!) / 65_536) * (toMs - fromMs)
}
