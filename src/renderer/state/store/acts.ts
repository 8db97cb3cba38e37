/** An act of the person that can be undone. */
export interface DoneAct {
  readonly id: number
  /** What was done, as shown: `SIM removed`. */
  readonly label: string
  /** Wall time, milliseconds since 1970 UTC. */
  readonly atMs: number
}

export interface Acts {
  /**
   * Runs an act that can be undone. Returns false when it was refused; the window then shows why and does not store the
   * act. `undo` restores the state before: read that before the call.
   */
  act(label: string, run: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<boolean>
  /** Undoes the newest act, or the one with that id. Returns false when there is none or it was refused. */
  undo(id?: number): Promise<boolean>
  /** Stops offering to undo the newest act. It stays in the list. */
  dismissAct(): void
}

/** Older acts are dropped: nobody goes back further, and the state that they would restore is out of date. */
export const MAX_ACTS = 20

interface ActsOptions {
  /** Runs a call and shows its refusal. Returns false when it was refused. */
  readonly attempt: (call: Promise<unknown>) => Promise<boolean>
  /** `acts`: oldest first. `offered`: the act that can be undone now. */
  readonly tell: (change: { readonly acts: readonly DoneAct[]; readonly offered: DoneAct | null }) => void
  readonly nowMs: () => number
}

export function createActs({ attempt, tell, nowMs }: ActsOptions): Acts {
  let done: readonly (DoneAct & { readonly undo: () => Promise<unknown> })[] = []
  let nextId = 1
  let offered: DoneAct | null = null

  function become(next: typeof done, offer: DoneAct | null): void {
    done = next
    offered = offer
    tell({ acts: done, offered })
  }

  return {
    async act(label, run, undo) {
      if (!(await attempt(run()))) return false
      const one = { id: nextId++, label, atMs: nowMs(), undo }
      become([...done, one].slice(-MAX_ACTS), one)
      return true
    },
    async undo(id) {
      const one = id === undefined ? done.at(-1) : done.find((each) => each.id === id)
      if (!one) return false
      // Removed at once, so that two quick presses undo two acts and not one act twice.
      become(
        done.filter((each) => each !== one),
        offered?.id === one.id ? null : offered
      )
      return await attempt(one.undo())
    },
    dismissAct() {
      become(done, null)
    }
  }
}
