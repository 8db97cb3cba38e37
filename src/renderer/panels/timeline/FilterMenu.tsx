import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { Float } from '../../parts/Float.tsx'
import type { TimelineModel } from '../../state/timeline/model.ts'
import { noChoice, type Choice } from '../../state/timeline/view.ts'
import { Mark } from './Mark.tsx'
import { kindGroups, toggledKinds } from './kinds.ts'
import { timelineWords } from './words.ts'

const words = timelineWords.filterMenu

interface FilterMenuProps {
  readonly model: TimelineModel
  readonly selected: number | null
  readonly anchor: RefObject<Element | null>
  /** The button that opened the menu; it also closes it. */
  readonly opener: RefObject<Element | null>
  /** `back`: return the focus to the button. */
  readonly onClose: (back: boolean) => void
}

const instances: readonly (readonly [number | null, string])[] = [
  [0, words.source.instance(0)],
  [1, words.source.instance(1)],
  [2, words.source.instance(2)],
  [null, words.source.module]
]

/** All filters except the text. They apply at once. */
export function FilterMenu({ model, selected, anchor, opener, onClose }: FilterMenuProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const { choice } = model.view
  const choose = (change: Partial<Choice>): void => {
    model.view.choose(change)
  }
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input')?.focus()
    const outside = (event: PointerEvent): void => {
      const target = event.target as Node
      if (!box.current?.contains(target) && !opener.current?.contains(target)) onClose(false)
    }
    document.addEventListener('pointerdown', outside, true)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- run once, when the menu opens
  }, [])
  const of = choice.cause?.of ?? selected

  return (
    <Float anchor={anchor} className="filter-menu">
      <div
        ref={box}
        role="dialog"
        aria-label={words.label}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') onClose(true)
        }}
      >
        <fieldset className="kinds">
          <legend>{words.kinds}</legend>
          {kindGroups.map((group) => (
            <label key={group.label} className={`k-${group.tone}`}>
              <input
                type="checkbox"
                checked={group.kinds.every((kind) => choice.kinds.includes(kind))}
                onChange={() => {
                  choose({ kinds: toggledKinds(choice.kinds, group) })
                }}
              />
              <Mark name={group.mark} />
              {group.label}
              <small>{group.rowWords}</small>
            </label>
          ))}
        </fieldset>
        <fieldset className="line">
          <legend>{words.source.legend}</legend>
          {instances.map(([instance, word]) => (
            <label key={word}>
              <input
                type="checkbox"
                checked={choice.instances.includes(instance)}
                onChange={(event) => {
                  const others = choice.instances.filter((one) => one !== instance)
                  choose({ instances: event.target.checked ? [...others, instance] : others })
                }}
              />
              {word}
            </label>
          ))}
        </fieldset>
        <fieldset className="line">
          <legend>{words.cause.legend}</legend>
          {causeWords.map(([what, word]) => (
            <label key={word} title={what !== null && of === null ? words.cause.selectFirst : undefined}>
              <input
                type="radio"
                name="timeline-cause"
                checked={(choice.cause?.what ?? null) === what}
                disabled={what !== null && of === null}
                onChange={() => {
                  choose({ cause: what === null || of === null ? null : { of, what } })
                }}
              />
              {word}
            </label>
          ))}
        </fieldset>
        <fieldset className="line">
          <legend>{words.text.legend}</legend>
          <label>
            <input
              type="checkbox"
              checked={choice.matchCase}
              onChange={(event) => {
                choose({ matchCase: event.target.checked })
              }}
            />
            {words.text.matchCase}
          </label>
          <label>
            <input
              type="checkbox"
              checked={choice.keepOthers}
              onChange={(event) => {
                choose({ keepOthers: event.target.checked })
              }}
            />
            {words.text.keepOthers}
          </label>
        </fieldset>
        <div className="acts">
          <span className="dim">{words.none}</span>
          <button
            type="button"
            className="btn line sm"
            disabled={model.view.filter === null && model.view.search === null}
            onClick={() => {
              choose(noChoice)
            }}
          >
            {words.showAll}
          </button>
        </div>
      </div>
    </Float>
  )
}

const causeWords = [
  [null, words.cause.any],
  ['chain', words.cause.chain],
  ['ancestors', words.cause.ancestors]
] as const
