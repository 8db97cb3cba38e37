/** What a person changed by hand and may want back. */
export interface DoneAct {
  readonly id: number
  /** What was done, as it is told: `SIM removed`. */
  readonly label: string
  /** Wall time, milliseconds since 1970 UTC. */
  readonly atMs: number
}

export interface Acts {
  /**
   * Does something that can be taken back. False when it was refused, which the window then says; a refused act is not
   * remembered. `undo` brings back what was so before: read that before acting.
   */
  act(label: string, run: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<boolean>
  /** Takes back the newest act, or the one with that id; false when there is none or it was refused. */
  undo(id?: number): Promise<boolean>
  /** Stops offering to take the newest act back; it stays in the list. */
  dismissAct(): void
}

/** Newer acts push older ones out: nobody walks further back, and what they would bring back has long changed. */
export const MAX_ACTS = 20

interface ActsOptions {
  /** Runs a call and says its refusal; false when it was refused. */
  readonly attempt: (call: Promise<unknown>) => Promise<boolean>
  /** `acts` oldest first; `offered` is the one that is offered to be taken back now. */
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
      // Out of the list at once: pressed twice in a hurry, it takes two acts back and not one of them twice.
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
