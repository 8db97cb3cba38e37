import type { ReactNode, RefObject } from 'react'
import type { ProductChoice } from '../../shared/api/api.ts'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import { products, profileOf } from '../../shared/products/catalog.ts'
import { whatChanges, whatEnds, type Difference } from '../state/sentence/what-changes.ts'

interface ProductChangeProps {
  readonly snapshot: Snapshot
  readonly wanted: ProductChoice
  readonly busy: boolean
  readonly confirm: RefObject<HTMLButtonElement | null>
  readonly onKeep: () => void
  readonly onRestart: () => void
}

/** Asked before the module becomes another: what it will have and lack, and what the restart ends. */
export function ProductChange({ snapshot, wanted, busy, confirm, onKeep, onRestart }: ProductChangeProps): ReactNode {
  const present = snapshot.product
  const [from, to] = [profileOf(present.name, present.software), profileOf(wanted.product, wanted.software)]
  const { gained, lost, differs } = whatChanges(from, to)
  const product = products.find((one) => one.name === to.product)
  const adds = product?.software.find((one) => one.name === to.software)?.adds
  return (
    <div
      className="popover change"
      role="alertdialog"
      aria-label="Restart as another module"
      aria-describedby="product-change"
    >
      <p id="product-change">
        <b>{to.product}</b> with software <code>{to.software}</code> instead of {present.name}{' '}
        <code>{present.software}</code>
        {product && product.aliases.length > 0 && (
          <span className="dim">, also sold as {product.aliases.join(' and ')}</span>
        )}
        .
        {adds && (
          <span className="dim">
            {' '}
            {to.software} has {adds}.
          </span>
        )}
      </p>
      {/* It scrolls where it is long, and the keyboard must get there. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <dl className="changes" tabIndex={0} aria-label="What changes with it">
        <Commands title="Gains" names={gained} />
        <Commands title="Loses" names={lost} />
        {differs.map((one) => (
          <Change key={one.what} {...one} />
        ))}
        {gained.length + lost.length + differs.length === 0 && (
          <dd className="all dim">The same commands, suites and limits.</dd>
        )}
      </dl>
      <p>
        {whatEnds(snapshot)} <span className="dim">It restarts the module; NVM is kept per product.</span>
      </p>
      <div className="acts">
        <button type="button" className="btn line" disabled={busy} onClick={onKeep}>
          Keep {present.name}
        </button>
        <button type="button" className="btn solid" ref={confirm} disabled={busy} aria-busy={busy} onClick={onRestart}>
          {busy ? 'Restarting' : `Restart as ${to.product}`}
        </button>
      </div>
    </div>
  )
}

function Commands({ title, names }: { readonly title: string; readonly names: readonly string[] }): ReactNode {
  if (names.length === 0) return null
  return (
    <>
      <dt>{title}</dt>
      <dd className={title === 'Gains' ? 'gains' : 'loses'}>
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
        <b>{becomes}</b> <span className="dim">was {was}</span>
      </dd>
    </>
  )
}
