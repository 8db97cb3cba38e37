import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ProductChoice as Choice } from '../../shared/api/api.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { ProductChange } from './ProductChange.tsx'
import { productWords } from './toolbar-words.ts'

/** Choice of product, by families, and of software version. The module restarts, so a question comes first. */
export function ProductChoice({ store }: { readonly store: Store }): ReactNode {
  const catalog = useStore(store, (state) => state.catalog)
  const present = useStore(store, (state) => state.snapshot?.product)
  const snapshot = useStore(store, (state) => (state.wanted === null ? null : state.snapshot))
  const wanted = useStore(store, (state) => state.wanted)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [busy, setBusy] = useState(false)
  const confirm = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (wanted) confirm.current?.focus()
  }, [wanted])
  if (!catalog || !present) return <span className="sel dim">{productWords.none}</span>

  const name = wanted?.product ?? present.name
  const product = catalog.families.flatMap((family) => family.products).find((one) => one.name === name)
  const ask = (next: Choice): void => {
    store.ask(next.product === present.name && next.software === present.software ? null : next)
  }

  async function restart(choice: Choice): Promise<void> {
    setBusy(true)
    await store.attempt(store.api.selectProduct(choice))
    setBusy(false)
    store.ask(null)
  }

  return (
    <div
      className="product"
      onKeyDown={(event) => {
        if (event.key === 'Escape') store.ask(null)
      }}
    >
      <span className="select strong">
        <select
          aria-label={productWords.product}
          title={productWords.family(present.family)}
          value={name}
          disabled={!live || busy}
          onChange={({ target: { value } }) => {
            const chosen = catalog.families.flatMap((family) => family.products).find((one) => one.name === value)
            ask({
              product: value,
              software: value === present.name ? present.software : (chosen?.software.at(-1) ?? null)
            })
          }}
        >
          {!product && <option>{name}</option>}
          {catalog.families.map((family) => (
            <optgroup key={family.name} label={family.name}>
              {family.products.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </optgroup>
          ))}
        </select>
      </span>
      <span className="select mono">
        <select
          aria-label={productWords.software}
          title={productWords.software}
          value={wanted?.software ?? present.software}
          disabled={!live || busy}
          onChange={({ target: { value } }) => {
            ask({ product: name, software: value })
          }}
        >
          {(product?.software ?? [present.software]).map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </span>
      {wanted && snapshot && (
        <ProductChange
          snapshot={snapshot}
          wanted={wanted}
          busy={busy}
          confirm={confirm}
          onKeep={() => {
            store.ask(null)
          }}
          onRestart={() => {
            void restart(wanted)
          }}
        />
      )}
    </div>
  )
}
