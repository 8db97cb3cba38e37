import type { Store, WindowState } from '../../state/store/store.ts'

/** Whether a program from outside has the port and has sent something: what the module does now matters more than how to reach it. */
export function hostHasBegun({ snapshot }: WindowState): boolean {
  return snapshot?.ports.some((port) => port.instance === 0 && port.clientPresent && port.has) === true
}

/**
 * Lets something more useful lie in front of `id`, if that is what is in front: Why where the handshake has a place of its own, else the
 * handshake. What a person has put before it stays, and so does what fills the dock.
 */
export function makeRoom(store: Store, id: string): void {
  const { seen, enlarged, open } = store.get().desk
  if (enlarged !== null || !seen.includes(id)) return
  const next = ['handshake', 'why'].find((other) => open.includes(other) && !seen.includes(other))
  if (next) store.desk.show(next)
}
