import type { TimelineModel } from '../../state/timeline/model.ts'

/** The selection: one event, which all panels mark, or a range of rows. */
export class Selection {
  constructor(
    private readonly model: TimelineModel,
    private readonly selected: () => number | null,
    private readonly mark: (seq: number | null) => void
  ) {}

  /** Selects a row, or the nearest one that exists. `extend`: selects the range from the anchor to that row. */
  go(row: number, extend = false): void {
    const { order, view } = this.model
    if (order.count === 0) return
    const at = Math.max(0, Math.min(row, order.count - 1))
    const seq = order.seqAt(at)
    const anchorSeq = extend ? (view.anchorSeq ?? this.selected() ?? seq) : seq
    const anchorRow = Math.min(order.rowOf(this.model.ownerOf(anchorSeq)), order.count - 1)
    const [first, last] = [Math.min(at, anchorRow), Math.max(at, anchorRow)]
    view.select(
      first === last ? null : { fromSeq: order.seqAt(first), toSeq: this.model.lastSeqAt(last) + 1 },
      anchorSeq
    )
    this.mark(seq)
  }

  /** Selects all present rows. */
  all(): void {
    const { order, view, nextSeq } = this.model
    if (order.count > 0) view.select({ fromSeq: order.seqAt(0), toSeq: nextSeq }, order.seqAt(0))
  }

  none(): void {
    this.model.view.select(null, null)
    this.mark(null)
  }

  /** Returns what a copy takes: the range, the one event, or everything if nothing is selected. */
  range(): { readonly fromSeq: number; readonly toSeq: number; readonly rows: number } {
    const { model } = this
    const { order, view } = model
    const selected = this.selected()
    const own = selected === null ? -1 : model.ownerOf(selected)
    if (view.range === null && order.has(own)) {
      const last = model.lastSeqAt(order.rowOf(own))
      return { fromSeq: own, toSeq: last + 1, rows: 1 }
    }
    const { fromSeq, toSeq } = view.range ?? { fromSeq: model.firstSeq, toSeq: model.nextSeq }
    return { fromSeq, toSeq, rows: order.rowOf(toSeq) - order.rowOf(fromSeq) }
  }
}
