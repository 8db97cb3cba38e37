import { useEffect, useState, type ReactNode, type RefObject } from 'react'
import { Float } from '../parts/Float.tsx'
import { FaultLine, useForm, type Read } from '../parts/use-form.tsx'
import { parseClockChip } from '../state/sentence/formats.ts'
import { useBoard } from './board-context.ts'
import { boardWords } from './words.ts'

interface ClockFormProps {
  readonly anchor: RefObject<Element | null>
  /** The chip's time in the format of +CCLK. */
  readonly clockChip: string
  readonly nitz: boolean
  readonly onClose: () => void
}

/** The form that sets the chip's local date and time. The time zone is not changed. */
export function ClockForm({ anchor, clockChip, nitz, onClose }: ClockFormProps): ReactNode {
  const { store } = useBoard()
  const [keep, setKeep] = useState(nitz)
  const back = (): void => {
    onClose()
    document.querySelector<SVGElement>('[data-part="clock"]')?.focus()
  }
  const { field, props, fault } = useForm({
    begin: { at: parseClockChip(clockChip)?.text ?? '' },
    read: { at: readTime },
    onSubmit: ({ at }) => {
      void store.attempt(store.api.setClock({ at, ...(nitz && keep ? { networkTime: false } : {}) }))
      back()
    }
  })
  const form = props.ref

  useEffect(() => {
    form.current?.querySelector('input')?.select()
    const outside = (event: PointerEvent): void => {
      if (!form.current?.contains(event.target as Node)) onClose()
    }
    document.addEventListener('pointerdown', outside, true)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- run once, when the form opens
  }, [])

  return (
    <Float anchor={anchor} className="board-form">
      <form
        role="dialog"
        aria-label={words.name}
        {...props}
        onKeyDown={(event) => {
          if (event.key === 'Escape') back()
          // The window has shortcuts on letters and digits: they must not fire while the person types.
          event.stopPropagation()
        }}
      >
        <label>
          <span>{words.label}</span>
          <input type="text" size={21} spellCheck={false} autoComplete="off" title={words.example} {...field('at')} />
        </label>
        <FaultLine fault={fault} />
        {nitz && (
          <label className="check">
            <input
              type="checkbox"
              checked={keep}
              onChange={(event) => {
                setKeep(event.target.checked)
              }}
            />
            <span>{words.networkTimeOff}</span>
          </label>
        )}
        <p className="acts">
          <button type="submit" className="btn sm solid">
            {words.submit}
          </button>
          <button type="button" className="btn sm line" onClick={back}>
            {words.cancel}
          </button>
        </p>
      </form>
    </Float>
  )
}

/** Parses a local date and time and returns it in the form that `setClock` takes. */
function readTime(text: string): Read<string> {
  const at = text.trim().replace(' ', 'T')
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(at) ? { value: at } : { wants: words.wants }
}

const words = boardWords.clockForm
