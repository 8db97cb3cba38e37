import type { ReactNode, RefObject } from 'react'
import { Float } from '../parts/Float.tsx'
import type { PartCommand, PartWords } from './part-facts.ts'

interface TooltipProps {
  readonly id: string
  readonly anchor: RefObject<Element | null>
  readonly words: PartWords
  readonly commands: readonly PartCommand[]
  /** How the part is involved in the last failure; `null` if it is not. */
  readonly blame: string | null
  readonly onPointerEnter: () => void
  readonly onPointerLeave: () => void
}

/** The tooltip of a part: what it is, its value, and the AT commands that read or change it. */
export function Tooltip({ id, anchor, words, commands, blame, ...pointer }: TooltipProps): ReactNode {
  return (
    <Float anchor={anchor} className="board-tip" {...pointer}>
      <div role="tooltip" id={id}>
        <p className="head">
          <b>{words.title}</b> <span>{words.value}</span>
        </p>
        <p>{words.text}</p>
        {blame !== null && <p className="blame">{blame}</p>}
        {commands.length > 0 && (
          <dl>
            {commands.map(({ line, summary }) => (
              <div key={line}>
                <dt>
                  <code>{line}</code>
                </dt>
                <dd>{summary}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Float>
  )
}
