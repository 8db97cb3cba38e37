import type { Store, WindowState } from '../../state/store/store.ts'

/**
 * Returns whether a program has opened the port and has sent something. The module's work is then more interesting than
 * how to reach the port.
 */
export function hostHasBegun({ snapshot }: WindowState): boolean {
  return snapshot?.ports.some((port) => port.instance === 0 && port.clientPresent && port.has) === true
}

/**
 * Brings a more useful panel to the front when the panel `id` is visible: Handshake, or Why where Handshake is visible
 * already. Does nothing while a panel is enlarged.
 */
export function makeRoom(store: Store, id: string): void {
  const { seen, enlarged, open } = store.get().desk
  if (enlarged !== null || !seen.includes(id)) return
  const next = ['handshake', 'why'].find((other) => open.includes(other) && !seen.includes(other))
  if (next) store.desk.show(next)
}
