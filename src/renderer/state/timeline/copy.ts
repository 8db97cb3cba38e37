import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { ExportFormat, ExportRequest } from '../../../shared/calls/exports.ts'
import { fetchExport } from './export-file.ts'
import { copyWords } from './words.ts'

/** A copy of a range of events to the clipboard or to a file. */
export interface Transfer {
  readonly what: 'copy' | 'save'
  readonly format: ExportFormat
  readonly state: 'running' | 'done' | 'failed' | 'waiting'
  /** Finished share, 0 to 1. */
  readonly share: number
  /** The result; empty while it runs. */
  readonly sentence: string
}

/** Programs have trouble with larger text from a clipboard. A file can have more. */
export const MAX_CLIPBOARD_BYTES = 64 * 1024 * 1024

export interface TransferHands {
  /** Writes text to the clipboard. Returns false when the browser refuses. */
  readonly write: (text: string) => Promise<boolean>
  readonly save: (fileName: string, parts: readonly Uint8Array<ArrayBuffer>[]) => void
}

/** Copies and saves ranges, one at a time. A transfer can be cancelled. */
export class Transfers {
  now: Transfer | null = null
  private cancelled = false
  /** Text that the browser refused because the person's click was too long ago. */
  private text: string | null = null

  constructor(
    private readonly api: Pick<SimulatorApi, 'beginExport' | 'readExport' | 'endExport'>,
    private readonly hands: TransferHands,
    private readonly changed: () => void
  ) {}

  async copy(request: ExportRequest, rows: string): Promise<void> {
    await this.run('copy', request, async (_, parts) => {
      const bytes = parts.reduce((sum, part) => sum + part.length, 0)
      if (bytes > MAX_CLIPBOARD_BYTES) throw new Error(copyWords.tooLarge(rows, megabytes(bytes)))
      const text = textOf(parts)
      if (await this.hands.write(text)) return { state: 'done', sentence: copyWords.copied(rows) }
      this.text = text
      return { state: 'waiting', sentence: copyWords.ready(rows, megabytes(bytes)) }
    })
  }

  async save(request: ExportRequest, rows: string): Promise<void> {
    await this.run('save', request, async (fileName, parts) => {
      this.hands.save(fileName, parts)
      return { state: 'done', sentence: copyWords.saved(rows, fileName) }
    })
  }

  /** Copies the waiting text, at a click. */
  async finish(): Promise<void> {
    if (this.text === null) return
    const written = await this.hands.write(this.text)
    this.become(
      written ? { state: 'done', sentence: copyWords.finished } : { state: 'failed', sentence: copyWords.refused }
    )
    this.text = null
  }

  /** Cancels the running transfer, or removes its result. */
  dismiss(): void {
    this.cancelled = true
    this.text = null
    this.now = null
    this.changed()
  }

  private async run(
    what: Transfer['what'],
    request: ExportRequest,
    end: (fileName: string, parts: readonly Uint8Array<ArrayBuffer>[]) => Promise<Pick<Transfer, 'state' | 'sentence'>>
  ): Promise<void> {
    if (this.now?.state === 'running') return
    this.cancelled = false
    this.text = null
    this.now = { what, format: request.format, state: 'running', share: 0, sentence: '' }
    this.changed()
    try {
      const { fileName, parts } = await fetchExport(this.api, request, (share) => {
        if (this.cancelled) throw new Cancelled()
        this.become({ share })
      })
      if (!this.isCancelled) this.become({ share: 1, ...(await end(fileName, parts)) })
    } catch (error) {
      if (error instanceof Cancelled || this.isCancelled) return
      this.become({ state: 'failed', sentence: error instanceof Error ? error.message : String(error) })
    }
  }

  /** A getter, because it may change during every wait. */
  private get isCancelled(): boolean {
    return this.cancelled
  }

  private become(change: Partial<Transfer>): void {
    if (this.now) this.now = { ...this.now, ...change }
    this.changed()
  }
}

class Cancelled extends Error {}

function textOf(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  const texts = parts.map((part) => decoder.decode(part, { stream: true }))
  return texts.join('') + decoder.decode()
}

/** Returns a size such as `8.2 MB` or `12 kB`. */
function megabytes(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`
}
