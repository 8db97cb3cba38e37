import { useId, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { writeClipboard } from '../parts/CopyButton.tsx'
import { useBoard } from './board-context.ts'
import { Menu, type MenuItem } from '../parts/Menu.tsx'
import { commandsFor, type PartWords } from './part-facts.ts'
import type { PartId } from '../state/sentence/board-parts.ts'
import { Tooltip } from './Tooltip.tsx'
import { useTip } from './use-tip.ts'

interface PartProps {
  readonly id: PartId
  /** Its name and value for a screen reader. */
  readonly name: string
  readonly words: PartWords
  /** Where it lies on the board: what the pointer meets, the focus rings and a failure marks. */
  readonly box: Box
  /** What can be done to it; the commands that read or change it are added. */
  readonly acts?: readonly MenuItem[]
  readonly children: ReactNode
}

/** Left, top, width, height in units of the board. */
export type Box = readonly [x: number, y: number, width: number, height: number]

/** A part of the board: it can be pointed at and focused, tells what it is, and opens its menu on click or Enter. */
export function Part({ id, name, words, box, acts = [], children }: PartProps): ReactNode {
  const board = useBoard()
  const own = useRef<SVGGElement>(null)
  const hit = useRef<SVGRectElement>(null)
  const tipId = useId()
  const tip = useTip(id)
  const { profile } = board
  const commands = useMemo(() => commandsFor(id, profile), [id, profile])
  const open = board.menu === id
  const blame = board.marked.includes(id) ? (board.markedWhy[id] ?? 'The last failure has to do with this part.') : null
  const items: readonly MenuItem[] = [
    ...acts,
    ...commands.map(({ line, summary }, at): MenuItem => ({
      label: `Copy ${line}`,
      hint: summary,
      apart: at === 0 && acts.length > 0,
      onChoose: () => {
        void writeClipboard(line).then((copied) => {
          board.say(copied ? `${line} copied.` : `The browser refuses to copy; type ${line} by hand.`)
        })
      }
    }))
  ]

  const show = (): void => {
    board.showTip(null)
    if (items.length > 0) board.openMenu(open ? null : id)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') board.showTip(null)
    else if (event.key === 'Enter' || event.key === ' ' || event.key === 'ArrowDown' || event.key === 'ContextMenu')
      show()
    else return
    event.preventDefault()
  }
  return (
    <>
      <g
        ref={own}
        className={`part${blame === null ? '' : ' marked'}${open ? ' open' : ''}`}
        data-part={id}
        role="button"
        tabIndex={0}
        aria-label={blame === null ? name : `${name}. ${blame}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-describedby={tip.shown && !open ? tipId : undefined}
        onClick={show}
        onKeyDown={press}
        {...tip.handlers}
      >
        <rect ref={hit} className="hit" {...rectOf(box)} />
        {children}
        <Ring box={box} />
      </g>
      {tip.shown && !open && (
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
      {open && (
        <Menu
          name={words.title}
          anchor={hit}
          items={items}
          onClose={(back) => {
            board.openMenu(null)
            if (back) own.current?.focus()
          }}
        />
      )}
    </>
  )
}

/** The focus ring, and the dashed frame of a failure. */
export function Ring({ box: [x, y, width, height] }: { readonly box: Box }): ReactNode {
  return (
    <>
      <rect className="blame-frame" x={x - 1} y={y - 1} width={width + 2} height={height + 2} rx={4} />
      <rect className="ring-under" x={x - 1.5} y={y - 1.5} width={width + 3} height={height + 3} rx={4} />
      <rect className="ring" x={x - 1.5} y={y - 1.5} width={width + 3} height={height + 3} rx={4} />
    </>
  )
}

export function rectOf([x, y, width, height]: Box): { x: number; y: number; width: number; height: number } {
  return { x, y, width, height }
}
