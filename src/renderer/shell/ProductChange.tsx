import type { ReactNode, RefObject } from 'react'
import type { ProductChoice } from '../../shared/api/api.ts'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import { products, profileOf } from '../../shared/products/catalog.ts'
import { whatChanges, whatEnds, type Difference } from '../state/sentence/what-changes.ts'
import { productWords } from './toolbar-words.ts'

const words = productWords.change

interface ProductChangeProps {
  readonly snapshot: Snapshot
  readonly wanted: ProductChoice
  readonly busy: boolean
  readonly confirm: RefObject<HTMLButtonElement | null>
  readonly onKeep: () => void
  readonly onRestart: () => void
}

/** The question before the module becomes another product: what it gains and loses, and what the restart ends. */
export function ProductChange({ snapshot, wanted, busy, confirm, onKeep, onRestart }: ProductChangeProps): ReactNode {
  const present = snapshot.product
  const [from, to] = [profileOf(present.name, present.software), profileOf(wanted.product, wanted.software)]
  const { gained, lost, differs } = whatChanges(from, to)
  const product = products.find((one) => one.name === to.product)
  const adds = product?.software.find((one) => one.name === to.software)?.adds
  return (
    <div className="popover change" role="alertdialog" aria-label={words.name} aria-describedby="product-change">
      <p id="product-change">
        <b>{to.product}</b> {words.withSoftware} <code>{to.software}</code> {words.insteadOf(present.name)}{' '}
        <code>{present.software}</code>
        {product && product.aliases.length > 0 && <span className="dim">{words.soldAs(product.aliases)}</span>}.
        {adds && <span className="dim"> {words.adds(to.software, adds)}</span>}
      </p>
      {/* A long list scrolls, so the keyboard must be able to focus it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <dl className="changes" tabIndex={0} aria-label={words.list}>
        <Commands kind="gains" names={gained} />
        <Commands kind="loses" names={lost} />
        {differs.map((one) => (
          <Change key={one.what} {...one} />
        ))}
        {gained.length + lost.length + differs.length === 0 && <dd className="all dim">{words.nothing}</dd>}
      </dl>
      <p>
        {whatEnds(snapshot)} <span className="dim">{words.restarts}</span>
      </p>
      <div className="acts">
        <button type="button" className="btn line" disabled={busy} onClick={onKeep}>
          {words.keep(present.name)}
        </button>
        <button type="button" className="btn solid" ref={confirm} disabled={busy} aria-busy={busy} onClick={onRestart}>
          {busy ? words.restarting : words.restart(to.product)}
        </button>
      </div>
    </div>
  )
}

interface CommandsProps {
  readonly kind: 'gains' | 'loses'
  readonly names: readonly string[]
}

function Commands({ kind, names }: CommandsProps): ReactNode {
  if (names.length === 0) return null
  return (
    <>
      <dt>{kind === 'gains' ? words.gained : words.lost}</dt>
      <dd className={kind}>
        {names.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </dd>
    </>
  )
}

function Change({ what, was, becomes }: Difference): ReactNode {
  const [command, parameter] = /^[+#&]/.test(what) ? what.split(' ') : [null, what]
  return (
    <>
      <dt>
        {command && <code>{command}</code>} {parameter}
      </dt>
      <dd>
        <b>{becomes}</b> <span className="dim">{words.was(was)}</span>
      </dd>
    </>
  )
}
