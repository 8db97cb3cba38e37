import { type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import { sinceCause } from '../../state/sentence/formats.ts'
import type { Transfers } from '../../state/timeline/copy.ts'
import type { TimelineModel } from '../../state/timeline/model.ts'
import type { MenuHands } from './menus.ts'
import type { Selection } from './selection.ts'
import { timelineWords } from './words.ts'

const words = timelineWords.selection

interface SelectionBarProps {
  readonly model: TimelineModel
  readonly selection: Selection
  readonly transfers: Transfers
  readonly hands: MenuHands
}

/** The bar below the list while several rows are selected, copied or saved. */
export function SelectionBar({ model, selection, transfers, hands }: SelectionBarProps): ReactNode {
  const { range } = model.view
  const now = transfers.now
  const close = (label: string, onClick: () => void): ReactNode => (
    <button type="button" className="btn sm icon" aria-label={label} title={label} onClick={onClick}>
      <Icon name="close" />
    </button>
  )
  return (
    <div className="tl-foot" role="status">
      {now && (
        <div className={`bar-row${now.state === 'failed' ? ' err' : ''}`}>
          {now.state === 'running' ? (
            <>
              <span>{now.what === 'copy' ? words.copying : words.saving}</span>
              <progress value={now.share} aria-label={now.what === 'copy' ? words.copying : words.saving} />
              <span className="mono">{words.percent(now.share)}</span>
            </>
          ) : (
            <span className="cut">{now.sentence}</span>
          )}
          <span className="fill" />
          {now.state === 'waiting' && (
            <button
              type="button"
              className="btn line sm"
              onClick={() => {
                void transfers.finish()
              }}
            >
              {words.copyNow}
            </button>
          )}
          {close(now.state === 'running' ? words.cancel : words.dismiss, () => {
            transfers.dismiss()
          })}
        </div>
      )}
      {range && now?.state !== 'running' && (
        <div className="bar-row">
          <b>{timelineWords.rows(selection.range().rows)}</b>
          <span className="dim cut">{spanOf(model, range)}</span>
          <span className="fill" />
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              hands.copy('text')
            }}
          >
            {words.copyText}
          </button>
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              hands.copy('hex')
            }}
          >
            {words.copyHex}
          </button>
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              hands.copy('transcript')
            }}
          >
            {words.copyTranscript}
          </button>
          {close(words.oneOnly, () => {
            model.view.select(null, null)
          })}
        </div>
      )}
    </div>
  )
}

/** Returns the time between the first and the last event of a range; empty if one of them is not loaded. */
function spanOf(
  model: TimelineModel,
  { fromSeq, toSeq }: { readonly fromSeq: number; readonly toSeq: number }
): string {
  const [first, last] = [model.eventOf(fromSeq), model.eventOf(toSeq - 1)]
  return first && last ? words.span(sinceCause(last.moduleMs - first.moduleMs).slice(1)) : ''
}
