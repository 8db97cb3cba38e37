/**
 * The escape sequence counts only when it comes alone: with the guard time (S12, one second from the factory) of silence
 * before it and after it. The window keeps a little more than that, because its clock and the module's are not the same.
 */
export const guardMs = 1100

/** How long to wait before `+++` may be sent, milliseconds; both times are of one clock. */
export function waitBeforeEscapeMs(lastTypedMs: number | null, nowMs: number): number {
  return lastTypedMs === null ? 0 : Math.max(0, lastTypedMs + guardMs - nowMs)
}
