import type { Cancellable, ContextAnswer, MobileNetwork } from '../../shared/bearer.ts'
import { hostFailure, type CmeErrorName, type CommandFailure } from '../../shared/errors.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { Chart } from './chart.ts'
import type { ContextDefinition, Nvm } from './nvm.ts'
import type { Registration } from './registration.ts'

/** One PDP context (guide chapter 2.1, D-17): defined in NVM, activated by the network, gone with the registration. */
export class PacketContext {
  private given: string | null = null
  private request: Cancellable | null = null

  constructor(
    readonly cid: number,
    private readonly chart: Chart,
    private readonly parts: { nvm: Nvm; network: MobileNetwork; registration: Registration; timeline: TimelineReporter }
  ) {
    parts.registration.onChange((cause) => {
      if (!parts.registration.attached) this.drop(cause)
    })
  }

  get definition(): ContextDefinition | null {
    return this.parts.nvm.contents.contexts.find((one) => one.cid === this.cid) ?? null
  }

  get active(): boolean {
    return this.chart.state === 'active'
  }

  /** Address the network gave, while the context is active. */
  get address(): string | null {
    return this.given
  }

  /** The context has gone down: by the host, the network or with the registration. */
  onDown(listener: (cause: number | null) => void): void {
    this.chart.onMove((move) => {
      if (move.from === 'active') listener(move.seq)
    })
  }

  /**
   * Asks the network for the context; waits for a registration that is under way (D-29). Ends with the address or the
   * failure: 553 active already, 556 not defined, 30 no network, 555, 569 and 149 as the network refuses.
   */
  activate(user: string, password: string, cause: number, done: (result: { address: string } | { failure: CommandFailure }) => void): void {
    const refusal = this.activationRefusal()
    if (refusal) return done({ failure: refusal })
    this.parts.registration.whenSettled(ACTIVATION_LIMIT_MS, (registered) => {
      const definition = this.definition
      // The definition may have gone while the module waited.
      if (!registered || !definition || !this.parts.registration.attach() || !this.chart.send('ACTIVATE', cause)) {
        return done({ failure: registered ? (this.activationRefusal() ?? cannotActivate()) : noNetwork() })
      }
      const { type, apn } = definition
      this.request = this.parts.network.activateContext({ contextId: this.cid, type, apn, user, password }, (answer) =>
        this.answered(answer, cause, done)
      )
    })
  }

  deactivate(cause: number | null): void {
    if (!this.chart.can('DEACTIVATE')) return
    this.given = null
    this.chart.send('DEACTIVATE', cause)
  }

  /** The network, or the loss of it, takes the context away. */
  drop(cause: number | null): void {
    this.request?.cancel()
    this.request = null
    if (!this.chart.can('DROPPED')) return
    this.given = null
    this.chart.send('DROPPED', cause)
  }

  private activationRefusal(): CommandFailure | null {
    const name = `Context ${this.cid}`
    if (!this.definition) return hostFailure('contextNotOpened', `${name} is not defined.`, { expected: `AT+CGDCONT=${this.cid},"IP",…`, rule: 'D-17' })
    if (this.active) return hostFailure('contextAlreadyActivated', `${name} is active already.`, { got: this.given, rule: 'D-17' })
    if (this.chart.state === 'inactive' && !this.chart.can('ACTIVATE')) return cannotActivate()
    return null
  }

  private answered(answer: ContextAnswer, cause: number, done: (result: { address: string } | { failure: CommandFailure }) => void): void {
    this.request = null
    if (answer.kind === 'accepted') {
      const seq = this.parts.timeline.report({ kind: 'network', sentence: `Context ${this.cid} has the address ${answer.address}.` }, cause)
      this.given = answer.address
      this.chart.send('ACCEPTED', seq)
      return done({ address: answer.address })
    }
    const seq = this.parts.timeline.report({ kind: 'network', sentence: answer.sentence }, cause)
    this.chart.send('REJECTED', seq)
    done({ failure: { ...hostFailure(rejections[answer.reason], answer.sentence, { rule: 'at-reference 5' }), blame: 'network' } })
  }
}

const rejections: Record<'apn' | 'authentication' | 'other', CmeErrorName> = {
  apn: 'serviceNotSupported',
  authentication: 'pdpAuthentication',
  other: 'activationFailed'
}

/** At-reference 5: activation may take 150 s. */
const ACTIVATION_LIMIT_MS = 150_000

const noNetwork = (): CommandFailure => ({
  ...hostFailure('noNetworkService', 'The module is not registered with a network.', { rule: 'at-reference 5' }),
  blame: 'network'
})

const cannotActivate = (): CommandFailure => ({
  ...hostFailure('activationFailed', 'The context cannot be activated now.', { rule: 'at-reference 5' }),
  blame: 'module'
})
