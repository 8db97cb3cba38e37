import { useRef, useState, type ChangeEvent, type FormEvent, type ReactNode, type RefObject } from 'react'

/** What a field's text means, or one sentence about what the field wants. */
export type Read<Value> = { readonly value: Value } | { readonly wants: string }

/** Reads the text of one field, which may depend on other fields. Text of a field that is not drawn now must be good. */
type Readers<Texts> = { readonly [Name in keyof Texts]: (text: string, texts: Texts) => Read<unknown> }

type ValuesOf<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends (...args: never[]) => infer Result
    ? Extract<Result, { readonly value: unknown }>['value']
    : never
}

interface FormParts<Texts, Fields> {
  /** The texts to begin with. */
  readonly begin: Texts
  /** In the order in which the fields are drawn: the first bad one is told. */
  readonly read: Fields
  /** Rewrites the texts before they are read, as when a pasted address holds the port too. */
  readonly tidy?: (texts: Texts) => Texts
  /** Gets what the fields mean, and their texts as they stand. */
  readonly onSubmit: (values: ValuesOf<Fields>) => void
}

interface Form<Texts> {
  readonly texts: Texts
  set(change: Partial<Texts>): void
  /** For the input of that name. */
  field(name: keyof Texts & string): {
    readonly name: string
    readonly value: string
    readonly 'aria-invalid': true | undefined
    onChange(event: ChangeEvent<HTMLInputElement>): void
  }
  /** For the form. It is checked here and not by the browser, so that what a field wants is told in the window's own look. */
  readonly props: {
    readonly ref: RefObject<HTMLFormElement | null>
    readonly noValidate: true
    onSubmit(event: FormEvent): void
  }
  /** What the first bad field wants, one sentence; `null` while nothing was found wrong. */
  readonly fault: string | null
}

/** The fields of a form: their texts, what these mean, and what is told of one that means nothing. */
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
        // A name of `Texts` with its text.
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
        // `read` has the names of the texts and no others.
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
        // One value of each reader, by its name.
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
