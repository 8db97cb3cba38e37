import { useId, useRef, type ComponentProps, type ReactNode, type RefObject } from 'react'
import { Tooltip } from './Tooltip.tsx'
import { useBoard } from './board-context.ts'
import type { PartCommand, PartWords } from './part-facts.ts'
import { useTip } from './use-tip.ts'
import { boardWords } from './words.ts'

/** Left, top, width and height in board units. */
export type Box = readonly [x: number, y: number, width: number, height: number]

interface PartFrameProps extends Omit<ComponentProps<'g'>, 'id'> {
  readonly id: string
  /** The part's area on the board: it takes the pointer, and the focus ring and the failure frame are drawn around it. */
  readonly box: Box
  /** The element of the box, if the caller needs it. */
  readonly hit?: RefObject<SVGRectElement | null>
  readonly words: PartWords
  readonly commands?: readonly PartCommand[]
  /** How the part is involved in the last failure; `null` if it is not. */
  readonly blame?: string | null
  /** Hides the tooltip, for example while the part's menu is open. */
  readonly untold?: boolean
  readonly children: ReactNode
}

/**
 * The frame of every part: an element that takes pointer and focus, with focus ring, failure frame and tooltip. Esc
 * hides the tooltip. Role, accessible name and handlers are passed on to that element.
 */
export function PartFrame({
  id,
  box,
  hit: hitOfPart,
  words,
  commands = [],
  blame = null,
  untold = false,
  className = '',
  onKeyDown,
  onBlur,
  children,
  ...element
}: PartFrameProps): ReactNode {
  const board = useBoard()
  const ownHit = useRef<SVGRectElement>(null)
  const hit = hitOfPart ?? ownHit
  const tipId = useId()
  const tip = useTip(id)
  const told = tip.shown && !untold
  const [x, y, width, height] = box
  return (
    <>
      <g
        className={`part ${className}${blame === null ? '' : ' marked'}`}
        data-part={id}
        tabIndex={0}
        aria-describedby={told ? tipId : undefined}
        {...tip.handlers}
        {...element}
        onKeyDown={(event) => {
          if (event.key === 'Escape') board.showTip(null)
          onKeyDown?.(event)
        }}
        onBlur={(event) => {
          onBlur?.(event)
          tip.handlers.onBlur()
        }}
      >
        <rect ref={hit} className="hit" x={x} y={y} width={width} height={height} />
        {children}
        <rect className="blame-frame" x={x - 1} y={y - 1} width={width + 2} height={height + 2} rx={4} />
        <rect className="ring-under" x={x - 1.5} y={y - 1.5} width={width + 3} height={height + 3} rx={4} />
        <rect className="ring" x={x - 1.5} y={y - 1.5} width={width + 3} height={height + 3} rx={4} />
      </g>
      {told && (
        <Tooltip
          id={tipId}
          anchor={hit}
          words={words}
          commands={commands}
          blame={blame}
          onPointerEnter={tip.keep}
          onPointerLeave={tip.leave}
        />
      )}
    </>
  )
}

/** Returns how a part is involved in the last failure; `null` if it is not. */
export function useBlame(id: string): string | null {
  const { marked, markedWhy } = useBoard()
  return marked.includes(id) ? (markedWhy[id] ?? boardWords.part.failed) : null
}
