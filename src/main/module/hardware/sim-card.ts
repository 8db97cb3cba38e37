/**
 * A SIM card. Its content and counters are independent of the module's power (at-reference 3). Three wrong PINs in a
 * row lock it; ten wrong PUKs block it for ever.
 */
export class SimCard {
  /** Whether it is in the SIM holder. */
  inserted = true
  pinEnabled: boolean
  private secret: string
  private pinTries = PIN_TRIES
  private pukTries = PUK_TRIES

  constructor(readonly facts: SimFacts = labSim) {
    this.pinEnabled = facts.pinEnabled
    this.secret = facts.pin
  }

  get pin(): string {
    return this.secret
  }

  get pinTriesLeft(): number {
    return this.pinTries
  }

  get pukTriesLeft(): number {
    return this.pukTries
  }

  /** What the card demands at power-on. */
  get asks(): 'nothing' | 'pin' | 'puk' | 'blocked' {
    if (this.pukTries === 0) return 'blocked'
    if (this.pinTries === 0) return 'puk'
    return this.pinEnabled ? 'pin' : 'nothing'
  }

  /** Returns whether the PIN was right. A wrong one uses up a try. */
  verifyPin(pin: string): boolean {
    const right = this.pinTries > 0 && pin === this.secret
    this.pinTries = right ? PIN_TRIES : Math.max(0, this.pinTries - 1)
    return right
  }

  /**
   * Returns whether the PUK was right. Then the card has the new PIN, and demands it from now on. A wrong PUK uses up a
   * try.
   */
  unblock(puk: string, newPin: string): boolean {
    if (this.pukTries === 0 || puk !== this.facts.puk) {
      this.pukTries = Math.max(0, this.pukTries - 1)
      return false
    }
    this.choosePin(newPin)
    this.pinEnabled = true
    return true
  }

  /** Makes it a new card with the same numbers, as it comes from the operator. */
  renew(): void {
    this.pinEnabled = this.facts.pinEnabled
    this.choosePin(this.facts.pin)
  }

  /** Gives the card another PIN and all tries. */
  choosePin(pin: string): void {
    this.secret = pin
    this.pinTries = PIN_TRIES
    this.pukTries = PUK_TRIES
  }
}

export interface SimFacts {
  readonly imsi: string
  readonly iccid: string
  readonly pin: string
  readonly puk: string
  readonly pinEnabled: boolean
}

/** The card of the board: invented numbers of the test network 001-01, no PIN demanded (D-29). */
export const labSim: SimFacts = {
  imsi: '001010000000001',
  iccid: '8900101000000000017',
  pin: '1234',
  puk: '12345678',
  pinEnabled: false
}

/** Tries for PIN and PUK (3GPP TS 31.101). */
const PIN_TRIES = 3
const PUK_TRIES = 10
export const pinFormat = /^\d{4,8}$/
export const pukFormat = /^\d{8}$/
