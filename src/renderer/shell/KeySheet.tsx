import { useMemo, type ReactNode } from 'react'
import { Sheet } from '../parts/Sheet.tsx'
import { actionGroups, capsOf, isMac, type Action } from '../state/store/actions.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { keySheetWords } from './words.ts'

/** The sheet of all keys, from the registry of actions, and of the marks in the timeline. */
export function KeySheet({ store }: { readonly store: Store }): ReactNode {
  const open = useStore(store, (state) => state.sheet === 'keys')
  return (
    <Sheet
      open={open}
      name={keySheetWords.name}
      className="keys"
      onClose={() => {
        store.openSheet(null)
      }}
    >
      {open && <Keys store={store} />}
      <section>
        <h3>{keySheetWords.marks}</h3>
        <dl>
          {keySheetWords.markList.map(([word, what]) => (
            <div key={word}>
              <dt>
                <b>{word}</b>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className="dim">{keySheetWords.notAffiliated}</p>
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

/** The first key of an action, or all keys of an entry that stands for several. */
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
