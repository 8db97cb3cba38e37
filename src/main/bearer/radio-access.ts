import type {
  AttachAnswer,
  Cancellable,
  ContextAnswer,
  ContextRequest,
  NetworkEvent,
  NetworkOperator,
  OperatorInReach,
  PingAnswer,
  PingRequest,
  RegistrationAnswer
} from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import { openConditions, type NetworkChange, type NetworkConditions } from '../../shared/hardware/network-conditions.ts'
import type { FailureFact } from '../../shared/rules/failure-facts.ts'
import { barredOperator, contextAddress, labCell, labOperator, visitedOperator } from './addresses.ts'
import { networkDelays, type NetworkDelays } from './delays.ts'
import { echoOf } from './echo.ts'

/**
 * The radio side of a mobile network, shared by all its implementations: registration, packet service, PDP contexts,
 * and events that the network starts itself. Its conditions can change at any time; the module is told after the usual
 * delays.
 */
export class RadioAccess {
  readonly cell = labCell
  private present: NetworkConditions = openConditions
  /** For each condition that somebody has set: the event of the latest act that set it. */
  private readonly acts = new Map<string, number | null>()
  /** The registration condition before coverage was lost. */
  private beforeLoss: NetworkConditions['registration'] = 'home'
  /** Names and addresses of the lab, which answer pings. */
  labHosts: ReadonlySet<string> = new Set()
  private readonly listeners = new Set<(event: NetworkEvent) => void>()
  /** Searches without a result. Each tries again when conditions change. */
  private readonly searches = new Set<() => void>()

  constructor(protected readonly clock: Clock) {}

  get conditions(): NetworkConditions {
    return this.present
  }

  get reach(): { readonly registration: NetworkConditions['registration']; readonly act: number | null } {
    return { registration: this.present.registration, act: this.acts.get('registration') ?? null }
  }

  get operator(): NetworkOperator {
    return this.present.registration === 'roaming' ? visitedOperator : labOperator
  }

  get signalQuality(): number {
    return this.present.registration === 'none' ? NO_SIGNAL : this.present.signalQuality
  }

  /** Changes the conditions of the network. `cause` is the timeline event that made it change. */
  change(change: NetworkChange, cause: number | null = null): void {
    const before = this.present
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    this.present = { ...before, ...given }
    for (const name of Object.keys(given)) this.acts.set(name, cause)
    if (before.registration !== this.present.registration) this.registrationChanged(before.registration, cause)
    if (before.packetService === this.present.packetService) return
    if (this.present.packetService === 'refused') this.detachModule(cause)
    else this.tell({ kind: 'announced', sentence: 'The network grants packet service again.', cause })
  }

  loseCoverage(cause: number | null = null): void {
    this.change({ registration: 'none' }, cause)
  }

  /** Restores coverage to what it was before it was lost. */
  restoreCoverage(cause: number | null = null): void {
    if (this.present.registration === 'none') this.change({ registration: this.beforeLoss }, cause)
  }

  /** Ends packet service for the module, which may attach again. */
  detachModule(cause: number | null = null): void {
    this.tell({ kind: 'detached', sentence: 'The network detached the module from packet service.', cause })
  }

  dropContext(contextId: number, cause: number | null = null): void {
    this.tell({ kind: 'context-dropped', contextId, sentence: `The network deactivated context ${contextId}.`, cause })
  }

  onEvent(listener: (event: NetworkEvent) => void): Cancellable {
    this.listeners.add(listener)
    return { cancel: () => this.listeners.delete(listener) }
  }

  survey(answer: (operators: readonly OperatorInReach[]) => void): Cancellable {
    return this.after('surveyMs', () => answer(this.inReach()))
  }

  register(choice: string | null, answer: (registration: RegistrationAnswer) => void): Cancellable {
    let timer: Cancellable = { cancel: () => {} }
    const search = (): void => {
      timer.cancel()
      timer = this.after('registrationMs', () => {
        const kind = this.answerTo(choice)
        // No network can answer: the search goes on until conditions change.
        if (kind === null) return
        this.searches.delete(search)
        answer({ kind })
      })
    }
    this.searches.add(search)
    search()
    return {
      cancel: () => {
        timer.cancel()
        this.searches.delete(search)
      }
    }
  }

  deregister(done: () => void): Cancellable {
    return this.after('deregistrationMs', done)
  }

  attach(answer: (result: AttachAnswer) => void): Cancellable {
    return this.after('attachMs', () => {
      if (this.present.packetService === 'allowed') answer({ kind: 'accepted' })
      else
        answer({
          kind: 'refused',
          sentence: 'The network refuses packet service to this SIM.',
          facts: this.actBehind('packetService')
        })
    })
  }

  detach(done: () => void): Cancellable {
    return this.after('detachMs', done)
  }

  activateContext(request: ContextRequest, answer: (result: ContextAnswer) => void): Cancellable {
    return this.after('activationMs', () => {
      if (this.present.registration !== 'none') answer(this.contextAnswer(request))
    })
  }

  deactivateContext(_contextId: number, done: () => void): Cancellable {
    return this.after('deactivationMs', done)
  }

  ping(address: string, request: PingRequest, answer: (result: PingAnswer) => void): Cancellable {
    const way = {
      isLab: this.labHosts.has(address) || this.labHosts.has(this.nameAt(address) ?? ''),
      inReach: this.present.registration !== 'none',
      roundTripMs: networkDelays[this.present.latency].roundTripMs
    }
    const echo = echoOf(address, request, way)
    return this.clock.schedule(echo.afterMs, () => answer(echo.answer))
  }

  /** Returns the name for which the network gave this address; `null` for none. */
  protected nameAt(_address: string): string | null {
    return null
  }

  private registrationChanged(before: NetworkConditions['registration'], cause: number | null): void {
    const { registration } = this.present
    for (const search of this.searches) search()
    if (registration === 'none') {
      this.beforeLoss = before
      return this.tell({ kind: 'coverage-lost', sentence: 'No cell is in reach any more.', cause })
    }
    if (registration === 'denied') {
      return this.tell({ kind: 'expelled', sentence: 'The network does not admit this SIM any more.', cause })
    }
    if (before === 'home' || before === 'roaming') {
      return this.tell({
        kind: 'coverage-lost',
        sentence: `The cells are ${this.operator.longName} (${this.operator.numeric}) now.`,
        cause
      })
    }
    this.tell({
      kind: 'announced',
      sentence: `${this.operator.longName} (${this.operator.numeric}) is in reach.`,
      cause
    })
  }

  private inReach(): readonly OperatorInReach[] {
    const barred = { ...barredOperator, admits: false }
    switch (this.present.registration) {
      case 'home':
        return [{ ...labOperator, admits: true }, barred]
      case 'roaming':
        return [{ ...visitedOperator, admits: true }, barred]
      case 'denied':
        return [{ ...labOperator, admits: false }, barred]
      case 'none':
        return []
    }
  }

  private answerTo(choice: string | null): RegistrationAnswer['kind'] | null {
    const { registration } = this.present
    const chosen =
      choice === null ? null : this.inReach().find((one) => one.longName === choice || one.numeric === choice)
    if (registration === 'none' || chosen === undefined) return null
    return chosen?.admits === false ? 'denied' : registration
  }

  private contextAnswer({ contextId, apn, authentication, user, password }: ContextRequest): ContextAnswer {
    const { apns, apnRefusal, credentials } = this.present
    if (apns !== 'any' && !apns.some((one) => one.toLowerCase() === apn.toLowerCase())) {
      const known = apns.length === 0 ? 'The network refuses every APN.' : `The network knows no APN "${apn}".`
      const sentence = apnRefusal === 'apn' ? known : 'The network refused the context and gave no reason.'
      return {
        kind: 'rejected',
        reason: apnRefusal,
        sentence,
        facts: [{ kind: 'apns', known: apns }, ...this.actBehind('apns')]
      }
    }
    const shown = authentication === 'none' ? { user: '', password: '' } : { user, password }
    if (credentials && (shown.user !== credentials.user || shown.password !== credentials.password)) {
      const none = authentication === 'none' || (user === '' && password === '')
      const what = none
        ? `asks for a user and a password, and none ${authentication === 'none' ? 'was shown' : 'was given'}`
        : `does not accept the user "${user}" with this password`
      const wrong = none ? 'nothing-shown' : shown.user === credentials.user ? 'password' : 'user'
      const facts = [{ kind: 'credentials', wrong } as const, ...this.actBehind('credentials')]
      return { kind: 'rejected', reason: 'authentication', sentence: `The APN ${what}.`, facts }
    }
    return { kind: 'accepted', address: contextAddress(contextId) }
  }

  /** Returns the act that set the condition which refuses; empty where it has its initial value. */
  private actBehind(condition: keyof NetworkConditions): readonly FailureFact[] {
    const seq = this.acts.get(condition) ?? null
    return seq === null ? [] : [{ kind: 'network-act', condition, seq }]
  }

  private tell(event: NetworkEvent): void {
    this.after('noticeMs', () => {
      for (const listener of this.listeners) listener(event)
    })
  }

  private after(delay: keyof NetworkDelays, action: () => void): Cancellable {
    return this.clock.schedule(networkDelays[this.present.latency][delay], action)
  }
}

/** +CSQ: signal quality not known or not detectable (at-reference 4). */
const NO_SIGNAL = 99
