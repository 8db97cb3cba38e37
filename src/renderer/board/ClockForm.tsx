import { useEffect, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react'
import { parseClockChip } from '../state/sentence/formats.ts'
import { useBoard } from './board-context.ts'
import { FaultLine, useFormFault } from '../parts/form-fault.tsx'
import { Float } from '../parts/Float.tsx'

interface ClockFormProps {
  readonly anchor: RefObject<Element | null>
  /** What the chip shows, in +CCLK form. */
  readonly clockChip: string
  readonly nitz: boolean
  readonly onClose: () => void
}

/** Sets the chip's local date and time by hand; its zone stays. */
export function ClockForm({ anchor, clockChip, nitz, onClose }: ClockFormProps): ReactNode {
  const { store } = useBoard()
  const form = useRef<HTMLFormElement>(null)
  const [at, setAt] = useState(() => parseClockChip(clockChip)?.text ?? '')
  const [keep, setKeep] = useState(nitz)

  useEffect(() => {
    form.current?.querySelector('input')?.select()
    const outside = (event: PointerEvent): void => {
      if (!form.current?.contains(event.target as Node)) onClose()
    }
    document.addEventListener('pointerdown', outside, true)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it opens
  }, [])

  const { fault, guard } = useFormFault()
  const back = (): void => {
    onClose()
    document.querySelector<SVGElement>('[data-part="clock"]')?.focus()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void store.attempt(
      store.api.setClock({ at: at.trim().replace(' ', 'T'), ...(nitz && keep ? { networkTime: false } : {}) })
    )
    back()
  }
  return (
    <Float anchor={anchor} className="board-form">
      <form
        ref={form}
        role="dialog"
        aria-label="Set the clock"
        onSubmit={submit}
        {...guard}
        onKeyDown={(event) => {
          if (event.key === 'Escape') back()
          // The window's own keys are letters and digits.
          event.stopPropagation()
        }}
      >
        <label>
          <span>The module’s date and time, in its own zone</span>
          <input
            type="text"
            required
            size={21}
            spellCheck={false}
            autoComplete="off"
            pattern="\s*\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?\s*"
            title="2026-10-01 09:00:00"
            data-wants="A date and a time, such as 2026-10-01 09:00:00."
            value={at}
            onChange={(event) => {
              setAt(event.target.value)
            }}
          />
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
            <span>and switch network time off, so that it stays</span>
          </label>
        )}
        <p className="acts">
          <button type="submit" className="btn sm solid">
            Set the clock
          </button>
          <button type="button" className="btn sm line" onClick={back}>
            Cancel
          </button>
        </p>
      </form>
    </Float>
  )
}
