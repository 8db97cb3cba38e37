import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { writeClipboard } from '../parts/CopyButton.tsx'
import { Menu, type MenuItem } from '../parts/Menu.tsx'
import type { PartId } from '../state/sentence/board-parts.ts'
import { PartFrame, useBlame, type Box } from './PartFrame.tsx'
import { useBoard } from './board-context.ts'
import { commandsFor, type PartWords } from './part-facts.ts'
import { boardWords } from './words.ts'

interface PartProps {
  readonly id: PartId
  /** Name and value, for screen readers. */
  readonly name: string
  readonly words: PartWords
  /** The part's area on the board: it takes the pointer, and the focus ring and the failure frame are drawn around it. */
  readonly box: Box
  /** The items of its menu. The AT commands that read or change the part are added below them. */
  readonly acts?: readonly MenuItem[]
  readonly children: ReactNode
}

/** A part of the board with a tooltip on hover and focus, and a menu on click or Enter. */
export function Part({ id, name, words, box, acts = [], children }: PartProps): ReactNode {
  const board = useBoard()
  const own = useRef<SVGGElement>(null)
  const hit = useRef<SVGRectElement>(null)
  const { profile } = board
  const commands = useMemo(() => commandsFor(id, profile), [id, profile])
  const open = board.menu === id
  const blame = useBlame(id)
  const items: readonly MenuItem[] = [
    ...acts,
    ...commands.map(({ line, summary }, at): MenuItem => ({
      label: boardWords.part.copy(line),
      hint: summary,
      apart: at === 0 && acts.length > 0,
      onChoose: () => {
        void writeClipboard(line).then((copied) => {
          board.say(copied ? boardWords.part.copied(line) : boardWords.part.typeByHand(line))
        })
      }
    }))
  ]

  const show = (): void => {
    board.showTip(null)
    if (items.length > 0) board.openMenu(open ? null : id)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ' || event.key === 'ArrowDown' || event.key === 'ContextMenu') show()
    else if (event.key !== 'Escape') return
    event.preventDefault()
  }
  return (
    <>
      <PartFrame
        ref={own}
        id={id}
        box={box}
        hit={hit}
        words={words}
        commands={commands}
        blame={blame}
        untold={open}
        className={open ? 'open' : ''}
        role="button"
        aria-label={blame === null ? name : `${name}. ${blame}`}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={show}
        onKeyDown={press}
      >
        {children}
      </PartFrame>
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
