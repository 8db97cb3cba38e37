import { useState, type ReactNode } from 'react'
import type {
  Asked,
  ComparedValue,
  Explanation,
  ExplainedRule,
  Picture,
  PresentQuestion
} from '../../../shared/explain/explanation.ts'
import { useHeldEvent } from '../../state/sentence/why.ts'
import type { Store } from '../../state/store/store.ts'
import { Mark } from '../timeline/Mark.tsx'
import { PictureOf } from './Pictures.tsx'
import { Remedies } from './Remedies.tsx'
import { EventMark, Trail } from './Trail.tsx'
import { whyWords as words } from './words.ts'

/** The explanation of a failure: what was asked, what happened, the rule, how to fix it, and the causes. */
export function ToldFailure({ store, told }: { readonly store: Store; readonly told: Explanation }): ReactNode {
  const { title, asked, happened, picture, values, error, rule, remedies, chain, seq } = told
  const failed = useHeldEvent(store, seq)
  const command = useHeldEvent(store, asked.seq)
  const line = command?.what.kind === 'command' ? `AT${command.what.text}` : null
  // Stars replace a secret in the line: such a line cannot be sent again.
  const again = line !== null && !line.includes('*') ? line : null
  const drawn = picture ? happened.find((one) => one.isPictured) : undefined
  return (
    <div className="why failure">
      <h2>
        <span className="err">
          <Mark name="error" />
        </span>
        <span>{title}</span>
      </h2>
      <div className="story">
        <ul className="happened">
          <li title={asked.sentence}>
            {asked.seq === null ? <i /> : <EventMark store={store} seq={asked.seq} />}
            <AskedFor asked={asked} />
          </li>
          {happened.map((one) => (
            <li key={one.sentence}>
              {one.seq === null ? <i /> : <EventMark store={store} seq={one.seq} />}
              {picture && one === drawn ? (
                <Drawn picture={picture} sentence={one.sentence} />
              ) : (
                <span>{one.sentence}</span>
              )}
            </li>
          ))}
        </ul>
        {picture && !drawn && <PictureOf picture={picture} failed />}
        {!picture && <Values values={values} />}
        <RuleLine rule={rule} answer={error?.answer ?? null} text={error?.text ?? null} />
      </div>
      <div className="mend">
        <h3>{words.howToFix}</h3>
        <Remedies
          store={store}
          remedies={remedies}
          instance={command?.instance ?? failed?.instance ?? 0}
          about={String(seq)}
          again={again}
        />
      </div>
      <footer>
        <Trail store={store} chain={chain} />
      </footer>
    </div>
  )
}

/** A picture in place of its sentence. The sentence is in the tooltip and for screen readers. */
function Drawn({ picture, sentence }: { readonly picture: Picture; readonly sentence: string }): ReactNode {
  return (
    <span title={sentence}>
      <PictureOf picture={picture} failed />
      <span className="off-screen">{sentence}</span>
    </span>
  )
}

/** The explanation of the present state. `foot`: what is known about failures. */
export function ToldPresent({
  store,
  told,
  foot
}: {
  readonly store: Store
  readonly told: PresentQuestion
  readonly foot: ReactNode
}): ReactNode {
  return (
    <div className="why">
      <h2>{told.title}</h2>
      {told.answer.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {told.picture ? <PictureOf picture={told.picture} failed={false} /> : <Values values={told.values} />}
      {told.remedies.length > 0 && (
        <Remedies store={store} remedies={told.remedies} instance={0} about={told.id} again={null} />
      )}
      <footer>{foot}</footer>
    </div>
  )
}

function AskedFor({ asked: { sentence, line } }: { readonly asked: Asked }): ReactNode {
  if (line === undefined) return <span>{sentence}</span>
  return (
    <span className="asked">
      <code>{line}</code>
      <span className="for">{sentence.slice(line.length)}</span>
    </span>
  )
}

function Values({ values }: { readonly values: readonly ComparedValue[] }): ReactNode {
  const shown = values.filter(({ expected }) => expected !== null)
  if (shown.length === 0) return null
  return (
    <table className="compared">
      <thead>
        <tr>
          <th scope="col">
            <span className="off-screen">{words.values.what}</span>
          </th>
          <th scope="col">{words.values.expected}</th>
          <th scope="col">{words.values.got}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ label, expected, got }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{expected}</td>
            <td className={expected !== got ? 'differs' : ''}>{got ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Fits `+CME ERROR: 839`. A longer answer is an error in words. */
const LONGEST_FIGURE = 18

/** The broken rule by its number. Pressing it shows the rule's text. */
export function RuleLine({
  rule,
  answer,
  text
}: {
  readonly rule: ExplainedRule | null
  readonly answer: string | null
  readonly text: string | null
}): ReactNode {
  const [open, setOpen] = useState(false)
  if (!rule && answer === null) return null
  const says = rule !== null && rule.text !== ''
  // For an RFC, the rule's id is already the section.
  const where = rule !== null && rule.where !== rule.id ? rule.where : null
  // A verbose error needs the whole line: the rule's place moves to the tooltip.
  const inWords = answer !== null && answer.length > LONGEST_FIGURE
  const place = inWords ? null : where
  return (
    <div className="rule-line">
      <p>
        {rule && (
          <button
            type="button"
            className="rule"
            disabled={!says}
            aria-expanded={says ? open : undefined}
            title={says ? (inWords && where !== null ? words.ruleAt(where, rule.text) : rule.text) : undefined}
            onClick={() => {
              setOpen(!open)
            }}
          >
            {rule.id}
          </button>
        )}
        {place !== null && <span className="dim">{place}</span>}
        {answer !== null && (
          <span>
            {place !== null && <span className="dim">, </span>}
            <span className="dim">{place !== null ? words.answer.later : words.answer.first}</span>{' '}
            <code className="err" title={inWords ? answer : (text ?? undefined)}>
              {inWords ? answer.replace(/^\+CME ERROR: /, '') : answer}
            </code>
          </span>
        )}
      </p>
      {open && rule && <p className="rule-text">{rule.text}</p>}
    </div>
  )
}
