import type { Clock } from '../../shared/contracts/clock.ts'
import type { Registration } from '../module/network/registration.ts'

/** Waits until the module is registered. Answers why it is not, in one sentence, when that takes too long; null when it is. */
export function untilRegistered(registration: Registration, clock: Clock): Promise<string | null> {
  return new Promise((resolve) => {
    let told = false
    const tell = (notice: string | null): void => {
      if (told) return
      told = true
      limit.cancel()
      resolve(notice)
    }
    const limit = clock.schedule(REGISTRATION_LIMIT_MS, () => {
      tell(`The module is not registered: it is ${registration.state}. AT+COPS=0 lets it take any network.`)
    })
    const check = (): void => {
      if (registration.registered) tell(null)
    }
    registration.onChange(check)
    check()
  })
}

/** A network chosen by hand and kept in NVM (`+COPS=1`) may not be there: module time until the start goes on without it. */
const REGISTRATION_LIMIT_MS = 10_000
