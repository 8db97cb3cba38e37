import { useMemo, type ReactNode } from 'react'
import { actionGroups, capsOf, isMac, type Action } from '../state/store/actions.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { Sheet } from '../parts/Sheet.tsx'

const marks: readonly (readonly [word: string, what: string])[] = [
  ['TX', 'bytes from the host to the module, as the host’s pins are named'],
  ['RX', 'bytes from the module to the host'],
  ['URC', 'unsolicited code of the module'],
  ['STATE', 'a statechart moved'],
  ['TLS, REC', 'a message or a record of the TLS connection'],
  ['CHECK', 'a rule was broken, and which']
]

/** The keys there are, from the registry, and what the marks of the timeline mean. */
export function KeySheet({ store }: { readonly store: Store }): ReactNode {
  const open = useStore(store, (state) => state.sheet === 'keys')
  return (
    <Sheet
      open={open}
      name="Keys and marks"
      className="keys"
      onClose={() => {
        store.openSheet(null)
      }}
    >
      {open && <Keys store={store} />}
      <section>
        <h3>Marks of the timeline</h3>
        <dl>
          {marks.map(([word, what]) => (
            <div key={word}>
              <dt>
                <b>{word}</b>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className="dim">Telit SSL Simulator is not affiliated with Telit.</p>
    </Sheet>
  )
}

function Keys({ store }: { readonly store: Store }): ReactNode {
  const groups = useMemo(() => {
    const keyed = store.actions.all().filter((action) => action.keys)
    return actionGroups
      .map((name) => ({ name, actions: keyed.filter((action) => action.group === name) }))
      .filter(({ actions }) => actions.length > 0)
  }, [store])
  return groups.map(({ name, actions }) => (
    <section key={name}>
      <h3>{name}</h3>
      <dl>
        {actions.map((action) => (
          <div key={action.id}>
            <dt>
              <KeyCaps action={action} />
            </dt>
            <dd>{action.words}</dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}

/** The first key of an action, or all of them for a note on several. */
export function KeyCaps({ action }: { readonly action: Action }): ReactNode {
  const mac = isMac()
  const keys = action.run ? (action.keys ?? []).slice(0, 1) : (action.keys ?? [])
  return keys.map((one) => (
    <span key={one} className="caps">
      {capsOf(one, mac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  ))
}
