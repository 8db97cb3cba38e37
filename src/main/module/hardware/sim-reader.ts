import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { ChartState } from '../../../shared/statecharts/index.ts'
import type { Chart } from '../chart.ts'
import { pinFormat, pukFormat, type SimCard } from './sim-card.ts'

/** The module's SIM reader. Its chart holds what the card demands; the card decides whether a code is right. */
export class SimReader {
  private powered = false

  constructor(
    private readonly chart: Chart<'sim'>,
    readonly card: SimCard
  ) {}

  /** One of `absent`, `pinRequired`, `pukRequired`, `ready` and `blocked`. */
  get state(): ChartState<'sim'> {
    return this.chart.state
  }

  get ready(): boolean {
    return this.state === 'ready'
  }

  /** Calls the listener when the card becomes ready or stops being ready. */
  onChange(listener: (cause: number | null) => void): void {
    this.chart.onMove((move) => {
      if (move.from === 'ready' || move.to === 'ready') listener(move.seq)
    })
  }

  powerUp(cause: number | null): void {
    this.powered = true
    this.read(cause)
  }

  powerLost(cause: number | null): void {
    this.powered = false
    this.chart.send('REMOVED', cause)
  }

  /** A card was inserted or removed. Other changes of a card have effect when it is read next. */
  holderChanged(cause: number | null): void {
    if (this.powered && this.card.inserted) this.read(cause)
    else this.chart.send('REMOVED', cause)
  }

  /** Returns why a command that needs the card fails (10, 11, 12 or 13), or `null`. */
  refusal(): CommandFailure | null {
    const about = (error: Parameters<typeof hostFailure>[0], sentence: string, expected: string): CommandFailure =>
      hostFailure(error, sentence, { expected, rule: 'at-reference 3' })
    switch (this.state) {
      case 'absent':
        return about('simNotInserted', 'There is no SIM in the module.', 'a SIM')
      case 'pinRequired':
        return about('simPinRequired', 'The SIM asks for its PIN.', 'AT+CPIN=<pin> before it')
      case 'pukRequired':
        return about('simPukRequired', 'The SIM asks for its PUK.', 'AT+CPIN=<puk>,<newpin> before it')
      case 'blocked':
        return about('simFailure', 'The SIM is permanently blocked.', 'another SIM')
      default:
        return null
    }
  }

  /** Handles `+CPIN=<pin>` and `+CPIN=<puk>,<newpin>`. Returns `null` when the card is unlocked, else the failure. */
  enter(code: string, newPin: string | undefined, cause: number): CommandFailure | null {
    switch (this.state) {
      case 'pinRequired':
        if (newPin !== undefined) return syntax('The SIM asks for its PIN alone.', 'AT+CPIN=<pin>', 'a new PIN too')
        return this.enterPin(code, cause)
      case 'pukRequired':
        return newPin === undefined ? this.refusal() : this.enterPuk(code, newPin, cause)
      case 'ready':
        return hostFailure('notAllowed', 'The SIM asks for no PIN.', { rule: 'D-29' })
      default:
        return this.refusal()
    }
  }

  private enterPin(pin: string, cause: number): CommandFailure | null {
    if (!pinFormat.test(pin)) return syntax('A PIN has four to eight digits.', '4 to 8 digits', lengthOf(pin))
    if (this.card.verifyPin(pin)) {
      this.chart.send('PIN_RIGHT', cause)
      return null
    }
    const left = this.card.pinTriesLeft
    if (left === 0) this.chart.send('PIN_FAILED', cause)
    return wrong(`The PIN is wrong; ${left === 0 ? 'the SIM asks for its PUK now' : tries(left)}.`, pin)
  }

  private enterPuk(puk: string, newPin: string, cause: number): CommandFailure | null {
    if (!pukFormat.test(puk)) return syntax('A PUK has eight digits.', '8 digits', lengthOf(puk))
    if (!pinFormat.test(newPin)) return syntax('A PIN has four to eight digits.', '4 to 8 digits', lengthOf(newPin))
    if (this.card.unblock(puk, newPin)) {
      this.chart.send('PUK_RIGHT', cause)
      return null
    }
    const left = this.card.pukTriesLeft
    if (left === 0) this.chart.send('PUK_FAILED', cause)
    return wrong(`The PUK is wrong; ${left === 0 ? 'the SIM is permanently blocked' : tries(left)}.`, puk)
  }

  private read(cause: number | null): void {
    if (!this.card.inserted) return
    this.chart.send(READ_EVENTS[this.card.asks], cause)
  }
}

/** Chart events by what the card demands. */
const READ_EVENTS = { nothing: 'READ', pin: 'READ_PIN', puk: 'READ_PUK', blocked: 'READ_BLOCKED' } as const

const tries = (left: number): string => (left === 1 ? 'one try is left' : `${left} tries are left`)

/** The typed code may be right for another card, so only its length is shown. */
const lengthOf = (code: string): string => `${code.length} characters`

const wrong = (sentence: string, code: string): CommandFailure =>
  hostFailure('incorrectPassword', sentence, { got: lengthOf(code), rule: 'at-reference 3' })

const syntax = (sentence: string, expected: string, got: string): CommandFailure =>
  hostFailure(null, sentence, { expected, got, rule: 'D-22', finding: 'bad-parameter' })
