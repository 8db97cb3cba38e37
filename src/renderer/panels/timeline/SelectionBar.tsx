import { type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import { grouped, sinceCause } from '../../state/sentence/formats.ts'
import type { Transfers } from '../../state/timeline/copy.ts'
import type { TimelineModel } from '../../state/timeline/model.ts'
import type { MenuHands } from './menus.ts'
import type { Selection } from './selection.ts'

interface SelectionBarProps {
  readonly model: TimelineModel
  readonly selection: Selection
  readonly transfers: Transfers
  readonly hands: MenuHands
}

/** Below the list while several rows are selected, or while they are on their way out. */
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
              <span>{now.what === 'copy' ? 'Copying' : 'Saving'}</span>
              <progress value={now.share} aria-label={now.what === 'copy' ? 'Copying' : 'Saving'} />
              <span className="mono">{Math.round(now.share * 100)} %</span>
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
              Copy now
            </button>
          )}
          {close(now.state === 'running' ? 'Cancel' : 'Dismiss', () => {
            transfers.dismiss()
          })}
        </div>
      )}
      {range && now?.state !== 'running' && (
        <div className="bar-row">
          <b>{grouped(selection.range().rows)} rows</b>
          <span className="dim cut">{spanWords(model, range)}</span>
          <span className="fill" />
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              hands.copy('text')
            }}
          >
            Copy
          </button>
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              hands.copy('hex')
            }}
          >
            Hex
          </button>
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              hands.copy('transcript')
            }}
          >
            Transcript
          </button>
          {close('Select one row only', () => {
            model.view.select(null, null)
          })}
        </div>
      )}
    </div>
  )
}

/** From the first to the last, where both are at hand. */
function spanWords(
  model: TimelineModel,
  { fromSeq, toSeq }: { readonly fromSeq: number; readonly toSeq: number }
): string {
  const [first, last] = [model.eventOf(fromSeq), model.eventOf(toSeq - 1)]
  return first && last ? `${sinceCause(last.moduleMs - first.moduleMs).slice(1)} from first to last` : ''
}
