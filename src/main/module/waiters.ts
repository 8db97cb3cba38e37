/** Actions that wait for a condition. The owner calls for a check whenever something has changed. */
export class Waiters {
  private readonly waiting = new Set<() => void>()

  /** Runs the action at once if the condition already holds. */
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
