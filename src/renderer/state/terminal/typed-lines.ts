import { useSyncExternalStore } from 'react'
import type { Store } from '../store/store.ts'

/** The line that each AT instance is gathering from this window, so that all parts that type know it. */
export class TypedLines {
  readonly #lines = new Map<number, string>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  get(instance: number): string {
    return this.#lines.get(instance) ?? ''
  }

  set(instance: number, line: string): void {
    if (this.get(instance) === line) return
    this.#lines.set(instance, line)
    for (const listener of this.#listeners) listener()
  }
}

const known = new WeakMap<Store, TypedLines>()

export function typedLinesOf(store: Store): TypedLines {
  const lines = known.get(store) ?? new TypedLines()
  known.set(store, lines)
  return lines
}

export function useTypedLine(store: Store, instance: number): string {
  const lines = typedLinesOf(store)
  return useSyncExternalStore(lines.subscribe, () => lines.get(instance))
}
