import type { Cancellable, ContextAnswer, ContextRequest, MobileNetwork } from '../../../shared/contracts/bearer.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { hostFailure, type CmeErrorName, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Chart } from '../chart.ts'
import type { ContextDefinition, Nvm } from '../hardware/nvm.ts'
import { noNetwork } from './failures.ts'
import type { Registration } from './registration.ts'

/** One PDP context (guide chapter 2.1, D-17): defined in NVM, activated by the network, lost with packet service. */
export class PacketContext {
  private given: string | null = null
  /** An activation that the network has not answered yet. */
  private activation: { request: Cancellable; done: (result: ActivationResult) => void } | null = null
  private deactivation: { request: Cancellable; done: (() => void)[] } | null = null

  constructor(
    readonly cid: number,
    private readonly chart: Chart<'pdp'>,
    private readonly parts: PacketContextParts
  ) {
    const { registration } = parts
    registration.onPacketLost((cause) => this.drop(cause))
    registration.onBeforeDetach((cause, done) => this.deactivate(cause, done))
    registration.onContextDropped((cid, cause) => {
      if (cid === this.cid) this.drop(cause)
    })
  }

  get definition(): ContextDefinition | null {
    return this.parts.nvm.contents.contexts.find((one) => one.cid === this.cid) ?? null
  }

  get active(): boolean {
    return this.chart.state === 'active'
  }

  /** The address from the network while the context is active, else `null`. */
  get address(): string | null {
    return this.given
  }

  /** Calls the listener when the context goes down. `dropped` is true when the host did not deactivate it. */
  onDown(listener: (cause: number | null, dropped: boolean) => void): void {
    this.chart.onMove((move) => {
      if (move.from === 'active') listener(move.seq, move.event === 'DROPPED')
    })
  }

  /**
   * Asks the network to activate the context, and waits for a running registration (D-29), 150 s at most. Ends with the
   * address or the failure: 553 already active, 556 not defined, 30 no network, 107 no packet service. When the network
   * refuses: 569 (GSM) or 555 for the APN, 149 for user and password, 148 without a reason.
   */
  activate(access: ContextAccess, cause: number | null, done: (result: ActivationResult) => void): void {
    const refusal = this.activationRefusal()
    if (refusal) return done({ failure: refusal })
    const { registration } = this.parts
    registration.whenSettled(ACTIVATION_LIMIT_MS, (registered) => {
      if (!registered) return done({ failure: noNetwork() })
      registration.attach(cause, (failure) => {
        if (failure) return done({ failure })
        this.request(access, cause, done)
      })
    })
  }

  /** Deactivates the context. `done` is called when the network has confirmed it, or at once when it is not active. */
  deactivate(cause: number | null, done: () => void = () => {}): void {
    if (!this.chart.can('DEACTIVATE')) return done()
    if (this.deactivation) {
      this.deactivation.done.push(done)
      return
    }
    const request = this.parts.network.deactivateContext(this.cid, () => this.ended('DEACTIVATE', cause))
    this.deactivation = { request, done: [done] }
  }

  /** The network ends the context, or was lost. */
  drop(cause: number | null): void {
    const { activation } = this
    this.activation = null
    activation?.request.cancel()
    this.ended('DROPPED', cause)
    activation?.done({ failure: this.parts.registration.registered ? takenAway() : noNetwork() })
  }

  private ended(event: 'DEACTIVATE' | 'DROPPED', cause: number | null): void {
    const { deactivation } = this
    this.deactivation = null
    deactivation?.request.cancel()
    if (this.chart.can(event)) {
      this.given = null
      this.chart.send(event, cause)
    }
    for (const done of deactivation?.done ?? []) done()
  }

  private request(access: ContextAccess, cause: number | null, done: (result: ActivationResult) => void): void {
    const { definition } = this
    // While waiting, the definition may have been deleted, or another instance have activated the context.
    const refusal = this.activationRefusal()
    if (refusal || !definition || !this.chart.send('ACTIVATE', cause))
      return done({ failure: refusal ?? cannotActivate() })
    const { type, apn } = definition
    const { network } = this.parts
    const asked = { contextId: this.cid, type, apn, ...access }
    this.activation = { request: network.activateContext(asked, (answer) => this.answered(answer, cause)), done }
  }

  private activationRefusal(): CommandFailure | null {
    const name = `Context ${this.cid}`
    if (!this.definition) {
      return hostFailure('contextNotOpened', `${name} is not defined.`, {
        expected: `AT+CGDCONT=${this.cid},"IP",…`,
        rule: 'D-17',
        finding: 'context-not-defined',
        facts: [{ kind: 'context', id: this.cid, apn: null }]
      })
    }
    if (this.active)
      return hostFailure('contextAlreadyActivated', `${name} is active already.`, {
        got: this.given,
        rule: 'D-17',
        facts: [{ kind: 'context', id: this.cid, apn: this.definition.apn }]
      })
    if (!this.chart.can('ACTIVATE')) return cannotActivate()
    return null
  }

  private answered(answer: ContextAnswer, cause: number | null): void {
    const { done } = this.activation!
    this.activation = null
    if (answer.kind === 'accepted') {
      const seq = this.parts.timeline.report(
        { kind: 'network', sentence: `Context ${this.cid} has the address ${answer.address}.` },
        cause
      )
      this.given = answer.address
      this.chart.send('ACCEPTED', seq)
      return done({ address: answer.address })
    }
    const seq = this.parts.timeline.report({ kind: 'network', sentence: answer.sentence }, cause)
    this.chart.send('REJECTED', seq)
    const error = rejections[answer.reason](this.parts.profile)
    const facts = [{ kind: 'context', id: this.cid, apn: this.definition?.apn ?? null } as const, ...answer.facts]
    const refusal = answer.reason === 'apn' ? { finding: 'apn-refused' as const } : {}
    done({
      failure: {
        ...hostFailure(error, answer.sentence, { rule: 'at-reference 5', facts, ...refusal }),
        blame: 'network'
      }
    })
  }
}

export interface PacketContextParts {
  readonly profile: ModuleProfile
  readonly nvm: Nvm
  readonly network: MobileNetwork
  readonly registration: Registration
  readonly timeline: TimelineReporter
}

export type ContextAccess = Pick<ContextRequest, 'authentication' | 'user' | 'password'>
export type ActivationResult = { readonly address: string } | { readonly failure: CommandFailure }

/** +CME 148: the module is still registered. */
const takenAway = (): CommandFailure => ({
  ...hostFailure('gprsUnspecified', 'The network ended packet service before the context was up.', {
    rule: 'at-reference 5'
  }),
  blame: 'network'
})

/** 569 for a refused APN was seen on 2G, 555 elsewhere (at-reference 5). */
const rejections: Record<'apn' | 'authentication' | 'other', (profile: ModuleProfile) => CmeErrorName> = {
  apn: (profile) => (profile.radio === 'gsm' ? 'serviceNotSupported' : 'activationFailed'),
  authentication: () => 'pdpAuthentication',
  other: () => 'gprsUnspecified'
}

/** Activation may take 150 s (at-reference 5). */
const ACTIVATION_LIMIT_MS = 150_000

const cannotActivate = (): CommandFailure => ({
  ...hostFailure('activationFailed', 'The context cannot be activated now.', { rule: 'at-reference 5' }),
  blame: 'module'
})
