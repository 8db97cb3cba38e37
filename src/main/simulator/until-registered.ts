import type { Clock } from '../../shared/contracts/clock.ts'
import type { Registration } from '../module/network/registration.ts'

/**
 * Waits until the module is registered. Resolves with `null`, or with one sentence why it is not when that takes too
 * long.
 */
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

/**
 * A network that was chosen manually and kept in NVM (`+COPS=1`) may be missing. After this module time the start
 * continues without it.
 */
const REGISTRATION_LIMIT_MS = 10_000
