import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ProductChoice as Choice } from '../../shared/api.ts'
import { useStore, type Store } from '../state/store.ts'
import { ProductChange } from './ProductChange.tsx'

/** Family › product › software. A choice restarts the module, so it is asked once more before anything happens. */
export function ProductChoice({ store }: { readonly store: Store }): ReactNode {
  const catalog = useStore(store, (state) => state.catalog)
  const snapshot = useStore(store, (state) => state.snapshot)
  const present = snapshot?.product
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [wanted, setWanted] = useState<Choice | null>(null)
  const [busy, setBusy] = useState(false)
  const confirm = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (wanted) confirm.current?.focus()
  }, [wanted])
  if (!catalog || !present) return <span className="sel dim">No module yet</span>

  const family = catalog.families.find((one) => one.products.some((product) => product.name === (wanted?.product ?? present.name)))
  const product = family?.products.find((one) => one.name === (wanted?.product ?? present.name))
  const ask = (name: string, software: string | null): void => {
    setWanted(name === present.name && (software === null || software === present.software) ? null : { product: name, software })
  }
  const newest = (name: string): string | null =>
    catalog.families
      .flatMap((one) => one.products)
      .find((one) => one.name === name)
      ?.software.at(-1) ?? null

  async function restart(choice: Choice): Promise<void> {
    setBusy(true)
    await store.attempt(store.api.selectProduct(choice))
    setBusy(false)
    setWanted(null)
  }

  return (
    <div
      className="product"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setWanted(null)
      }}
    >
      <Select
        label="Family"
        value={family?.name ?? present.family}
        options={catalog.families.map((one) => one.name)}
        disabled={!live || busy}
        onChoose={(name) => {
          const first = catalog.families.find((one) => one.name === name)?.products[0]
          if (first) ask(first.name, newest(first.name))
        }}
      />
      <span className="gt" aria-hidden="true">
        ›
      </span>
      <Select
        label="Product"
        strong
        value={product?.name ?? present.name}
        options={family?.products.map((one) => one.name) ?? [present.name]}
        disabled={!live || busy}
        onChoose={(name) => {
          ask(name, newest(name))
        }}
      />
      <span className="gt" aria-hidden="true">
        ›
      </span>
      <Select
        label="Software"
        mono
        value={wanted?.software ?? present.software}
        options={product?.software ?? [present.software]}
        disabled={!live || busy}
        onChoose={(software) => {
          ask(product?.name ?? present.name, software)
        }}
      />
      {wanted && snapshot && (
        <ProductChange
          snapshot={snapshot}
          wanted={wanted}
          busy={busy}
          confirm={confirm}
          onKeep={() => {
            setWanted(null)
          }}
          onRestart={() => {
            void restart(wanted)
          }}
        />
      )}
    </div>
  )
}

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly options: readonly string[]
  readonly disabled: boolean
  readonly strong?: boolean
  readonly mono?: boolean
  readonly onChoose: (value: string) => void
}

function Select({ label, value, options, disabled, strong, mono, onChoose }: SelectProps): ReactNode {
  return (
    <span className={`select${strong ? ' strong' : ''}${mono ? ' mono' : ''}`}>
      <select
        aria-label={label}
        title={label}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          onChoose(event.target.value)
        }}
      >
        {(options.includes(value) ? options : [value, ...options]).map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </span>
  )
}
