/** Module output kept for a terminal that is opened later: some 800 full lines. */
export const MAX_KEPT_OUTPUT_BYTES = 64 * 1024

/** The newest output of one port. What is added costs as much as it is long, however many pieces are held: a flood comes in thousands. */
export class KeptOutput {
  private readonly held: Uint8Array[] = []
  /** Those before it were dropped. */
  private start = 0
  private bytes = 0

  /** Oldest first. */
  get chunks(): readonly Uint8Array[] {
    return this.held.slice(this.start)
  }

  /** Drops whole pieces from the oldest on; the newest stays, however long it is. */
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
