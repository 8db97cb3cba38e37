import { Fragment, type ReactNode } from 'react'
import type { CommandHelp, LineHelp, ParameterHelp } from './command-help.ts'
import { terminalWords, type Piece } from './words.ts'

const words = terminalWords.help

/** Two lines below the terminal: what the command does, and the values of the parameter that is being typed. */
export function CommandHelpLines({ help }: { readonly help: LineHelp }): ReactNode {
  switch (help.kind) {
    case 'none':
      return (
        <p className="dim">
          {words.start.map((piece, at) => (
            // The pieces never change order.
            // oxlint-disable-next-line react/no-array-index-key
            <Fragment key={at}>{drawn(piece)}</Fragment>
          ))}
        </p>
      )
    case 'names':
      return (
        <p className="names">
          <Names names={help.names} />
        </p>
      )
    case 'absent':
      return (
        <>
          <p>
            <code>{help.name}</code>
          </p>
          <p className="dim">{help.why}</p>
        </>
      )
    case 'command':
      return <Command help={help} />
  }
}

function Command({ help }: { readonly help: CommandHelp }): ReactNode {
  const { name, at, parameters, forms, form, summary } = help
  const basic = !/^[+#$@*]/.test(name)
  return (
    <>
      <p className="sig">
        <code>
          {name}
          {parameters.length > 0 && help.forms.some((one) => one.form === 'set') && (
            <>
              {basic ? '' : '='}
              <Signature parameters={parameters} at={at} />
            </>
          )}
        </code>
        <span className="forms">
          {forms.map((one) => (
            <code key={one.form} className={one.form === form ? 'on' : ''} title={words.formTitles[one.form]}>
              {one.text}
            </code>
          ))}
        </span>
      </p>
      <p className="say">
        {help.hasForm || help.longer.length > 0 ? <Said help={help} /> : words.noForm(name, words.forms[form])}
      </p>
      <span className="off-screen">{summary}</span>
    </>
  )
}

function Said({ help: { at, parameters, summary, longer, approximate } }: { readonly help: CommandHelp }): ReactNode {
  if (at !== null && parameters.length > 0) {
    const parameter = parameters[at]
    if (!parameter) return <span className="err">{words.tooMany(parameters.length)}</span>
    return <Parameter parameter={parameter} />
  }
  return (
    <>
      {words.summary(summary)}
      {approximate !== null && <span className="dim"> {words.approximate(approximate)}</span>}
      {longer.length > 0 && (
        <span className="dim">
          {' '}
          {words.longer} <Names names={longer} />
        </span>
      )}
    </>
  )
}

function Parameter({ parameter }: { readonly parameter: ParameterHelp }): ReactNode {
  const { name, about, values, unit, optional } = parameter
  return (
    <>
      <b>{name}</b> {about}
      <span className="dim">
        {' '}
        · <code>{values}</code>
        {unit !== null && words.unit(unit)}
        {parameter.default !== null && (
          <>
            {' '}
            · {words.default} <code>{parameter.default}</code>
          </>
        )}
        {optional && <> · {words.optional}</>}
      </span>
    </>
  )
}

/** The parameters as `<ssid>,<port>[,<mode>]`, with the one being typed emphasised. */
function Signature({
  parameters,
  at
}: {
  readonly parameters: readonly ParameterHelp[]
  readonly at: number | null
}): ReactNode {
  return (
    <>
      {parameters.map(({ name, optional }, index) => (
        <Fragment key={name}>
          {optional && '['}
          {index > 0 && ','}
          <span className={index === at ? 'now-typed' : ''} aria-current={index === at ? 'true' : undefined}>
            {`<${name}>`}
          </span>
          {optional && ']'}
        </Fragment>
      ))}
    </>
  )
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  return names.map((name) => (
    <Fragment key={name}>
      <code>{name}</code>{' '}
    </Fragment>
  ))
}

function drawn(piece: Piece): ReactNode {
  if (typeof piece === 'string') return piece
  return 'code' in piece ? <code>{piece.code}</code> : <kbd>{piece.key}</kbd>
}
