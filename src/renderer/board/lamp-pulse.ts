/** A burst of bytes shows for at least this long; shorter ones would not be seen. */
export const LIT_MS = 80
/** Dark between two bursts, so that traffic that goes on is seen to go on. */
export const DARK_MS = 45

/** Where a pulse takes its time from: the page, or a test. */
export interface PulseTimer {
  set(run: () => void, ms: number): unknown
  clear(handle: unknown): void
}

/** A lamp that follows traffic: each burst lights it once, whatever comes meanwhile lights it once more. Never a loop. */
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
