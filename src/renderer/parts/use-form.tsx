import { useRef, useState, type ChangeEvent, type FormEvent, type ReactNode, type RefObject } from 'react'

/** The value of a field's text, or one sentence about what the field needs. */
export type Read<Value> = { readonly value: Value } | { readonly wants: string }

/** Reads the text of one field, which may depend on other fields. Text of a field that is not drawn must be valid. */
type Readers<Texts> = { readonly [Name in keyof Texts]: (text: string, texts: Texts) => Read<unknown> }

type ValuesOf<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends (...args: never[]) => infer Result
    ? Extract<Result, { readonly value: unknown }>['value']
    : never
}

interface FormParts<Texts, Fields> {
  /** The initial texts. */
  readonly begin: Texts
  /** The readers in the order in which the fields are drawn. Only the first error is shown. */
  readonly read: Fields
  /** Rewrites the texts before they are read, for example when a pasted address contains the port. */
  readonly tidy?: (texts: Texts) => Texts
  /** Receives the value of each field. */
  readonly onSubmit: (values: ValuesOf<Fields>) => void
}

interface Form<Texts> {
  readonly texts: Texts
  set(change: Partial<Texts>): void
  /** Returns the props for the input of that name. */
  field(name: keyof Texts & string): {
    readonly name: string
    readonly value: string
    readonly 'aria-invalid': true | undefined
    onChange(event: ChangeEvent<HTMLInputElement>): void
  }
  /** Props for the form. The window checks the fields, not the browser, so that errors have the window's look. */
  readonly props: {
    readonly ref: RefObject<HTMLFormElement | null>
    readonly noValidate: true
    onSubmit(event: FormEvent): void
  }
  /** What the first invalid field needs, one sentence; `null` while no error was found. */
  readonly fault: string | null
}

/** Keeps the texts of a form's fields, reads their values, and reports the first error. */
export function useForm<Texts extends { readonly [Name in keyof Texts]: string }, Fields extends Readers<Texts>>({
  begin,
  read,
  tidy,
  onSubmit
}: FormParts<Texts, Fields>): Form<Texts> {
  const [texts, setTexts] = useState(begin)
  const [bad, setBad] = useState<{ readonly name: string; readonly wants: string } | null>(null)
  const ref = useRef<HTMLFormElement>(null)
  const set = (change: Partial<Texts>): void => {
    setBad(null)
    setTexts((before) => ({ ...before, ...change }))
  }
  return {
    texts,
    set,
    field: (name) => ({
      name,
      value: texts[name],
      'aria-invalid': bad?.name === name ? true : undefined,
      onChange: (event) => {
        // The name is one of `Texts`.
        set({ [name]: event.target.value } as Partial<Texts>)
      }
    }),
    props: {
      ref,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault()
        const now = tidy?.(texts) ?? texts
        setTexts(now)
        const values: Record<string, unknown> = {}
        // `read` has the same names as the texts.
        for (const name of Object.keys(read) as (keyof Texts & string)[]) {
          const found = read[name](now[name], now)
          if ('wants' in found) {
            setBad({ name, wants: found.wants })
            ref.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
            return
          }
          values[name] = found.value
        }
        setBad(null)
        // There is one value for each reader.
        onSubmit(values as ValuesOf<Fields>)
      }
    },
    fault: bad?.wants ?? null
  }
}

/** Reads a whole number from `least` to `most`. */
export function readNumber(text: string, least: number, most: number, wants: string): Read<number> {
  const value = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : NaN
  return value >= least && value <= most ? { value } : { wants }
}

export function FaultLine({ fault }: { readonly fault: string | null }): ReactNode {
  return (
    <div role="alert" className="form-fault">
      {fault !== null && <p className="err">{fault}</p>}
    </div>
  )
}
