import { useState, type FormEvent, type ReactNode } from 'react'

export interface FormFault {
  /** What the field wants, one sentence; null while nothing is wrong. */
  readonly fault: string | null
  say(fault: string): void
  /** For the form: a field that the browser finds wrong says `data-wants` in the window's own look, not in a balloon of the browser's. */
  readonly guard: { onInvalidCapture(event: FormEvent): void; onInput(): void }
}

export function useFormFault(): FormFault {
  const [fault, setFault] = useState<string | null>(null)
  return {
    fault,
    say: setFault,
    guard: {
      onInvalidCapture: (event) => {
        event.preventDefault()
        const field = event.target as HTMLInputElement
        // Every wrong field is told of, in their order; one at a time is mended.
        if (field.form?.querySelector(':invalid') !== field) return
        field.focus()
        setFault(field.dataset['wants'] ?? field.title)
      },
      // Not on its way down: the field would be drawn with what it held before it has told what it holds.
      onInput: () => {
        setFault(null)
      }
    }
  }
}

export function FaultLine({ fault }: { readonly fault: string | null }): ReactNode {
  return (
    <div role="alert" className="form-fault">
      {fault !== null && <p className="err">{fault}</p>}
    </div>
  )
}
