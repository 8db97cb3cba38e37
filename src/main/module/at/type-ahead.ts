/** What the host types while a command blocks (D-23). One line is kept until the command ends. */
export class TypeAhead {
  private kept: { readonly byte: number; readonly shown: number }[] = []

  constructor(private readonly maxBytes: number) {}

  /** Keeps as much as fits, with its version for the timeline. Returns how many bytes are lost. */
  keep(bytes: Uint8Array, shown: Uint8Array): number {
    const room = this.maxBytes - this.kept.length
    for (const [at, byte] of bytes.subarray(0, room).entries()) this.kept.push({ byte, shown: shown[at]! })
    return Math.max(0, bytes.length - room)
  }

  /** Returns and removes all of it, or `null` when nothing was typed. */
  take(): { readonly bytes: Uint8Array; readonly shown: Uint8Array } | null {
    if (this.kept.length === 0) return null
    const { kept } = this
    this.kept = []
    return { bytes: Uint8Array.from(kept, ({ byte }) => byte), shown: Uint8Array.from(kept, ({ shown }) => shown) }
  }

  clear(): void {
    this.kept = []
  }
}
