/** Module output that is kept for a terminal opened later: some 800 full lines. */
export const MAX_KEPT_OUTPUT_BYTES = 64 * 1024

/**
 * The newest output of one port. The cost of adding does not depend on the number of pieces, which is thousands in a
 * flood.
 */
export class KeptOutput {
  private readonly held: Uint8Array[] = []
  /** Index of the first kept piece. Earlier ones were dropped. */
  private start = 0
  private bytes = 0

  /** Oldest first. */
  get chunks(): readonly Uint8Array[] {
    return this.held.slice(this.start)
  }

  /** Adds a piece and drops the oldest ones. The newest stays, whatever its size. */
  add(piece: Uint8Array): void {
    this.held.push(piece)
    this.bytes += piece.length
    while (this.bytes > MAX_KEPT_OUTPUT_BYTES && this.start < this.held.length - 1)
      this.bytes -= this.held[this.start++]!.length
    if (this.start < this.held.length / 2) return
    this.held.splice(0, this.start)
    this.start = 0
  }
}
