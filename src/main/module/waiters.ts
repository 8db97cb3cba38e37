/** Things to be done once something holds; asked again whenever the owner says that something has changed. */
export class Waiters {
  private readonly waiting = new Set<() => void>()

  /** Does it at once where the condition holds already. */
  when(condition: () => boolean, action: () => void): void {
    if (condition()) return action()
    const waiter = (): void => {
      if (!condition()) return
      this.waiting.delete(waiter)
      action()
    }
    this.waiting.add(waiter)
  }

  wake(): void {
    for (const waiter of this.waiting) waiter()
  }
}
