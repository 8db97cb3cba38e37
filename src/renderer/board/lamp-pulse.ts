/** The shortest time that a lamp is lit, in milliseconds: a shorter flash is not visible. */
export const LIT_MS = 80
/** The dark time between two flashes, in milliseconds, so that continuous traffic flickers. */
export const DARK_MS = 45

/** The timer of a pulse: the page's, or a test's. */
export interface PulseTimer {
  set(run: () => void, ms: number): unknown
  clear(handle: unknown): void
}

/** A lamp that flashes once for each burst of bytes. Bursts during a flash cause one more flash together. */
export class LampPulse {
  private phase: 'dark' | 'lit' | 'gap' = 'dark'
  private again = false
  private handle: unknown = null

  constructor(
    private readonly show: (lit: boolean) => void,
    private readonly timer: PulseTimer
  ) {}

  burst(): void {
    if (this.phase === 'dark') this.light()
    else this.again = true
  }

  stop(): void {
    this.timer.clear(this.handle)
    this.phase = 'dark'
    this.again = false
  }

  private light(): void {
    this.phase = 'lit'
    this.again = false
    this.show(true)
    this.handle = this.timer.set(() => this.darken(), LIT_MS)
  }

  private darken(): void {
    this.phase = 'gap'
    this.show(false)
    this.handle = this.timer.set(() => {
      this.phase = 'dark'
      if (this.again) this.light()
    }, DARK_MS)
  }
}
