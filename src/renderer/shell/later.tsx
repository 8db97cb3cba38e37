import { useSyncExternalStore, type ComponentType, type ReactNode } from 'react'
import { Empty, Panel } from '../parts/Panel.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { useStore, type Store } from '../state/store/store.ts'
import { shellWords } from './words.ts'

// The parts of the window whose code is loaded after the board is drawn, so that the board does not wait for it. A part
// whose code is loaded is drawn at once, like any other component.

/**
 * Returns a component that draws a panel as soon as its code is loaded. Until then the panel's frame is there and empty,
 * so that focus and the order of Tab and F6 do not change when it is filled.
 */
export function later<Props extends object>(
  name: string,
  load: () => Promise<ComponentType<Props>>
): ComponentType<Props> {
  const part = addPart(load)
  return function Later(props: Props): ReactNode {
    const state = usePart(part)
    if (state.kind === 'loaded') return <state.Component {...props} />
    return <Panel name={name}>{state.kind === 'failed' && <NotLoaded />}</Panel>
  }
}

interface SheetPartProps {
  readonly store: Store
}

/** Returns a component that draws a sheet as soon as its code is loaded. A sheet that was requested earlier opens then. */
export function laterSheet(
  id: 'ports' | 'capture',
  name: string,
  load: () => Promise<ComponentType<SheetPartProps>>
): ComponentType<SheetPartProps> {
  const part = addPart(load)
  return function LaterSheet({ store }: SheetPartProps): ReactNode {
    const state = usePart(part)
    const open = useStore(store, ({ sheet }) => sheet === id)
    if (state.kind === 'loaded') return <state.Component store={store} />
    if (state.kind === 'loading' || !open) return null
    return (
      <Sheet
        open
        name={name}
        onClose={() => {
          store.openSheet(null)
        }}
      >
        <NotLoaded />
      </Sheet>
    )
  }
}

/** Loads every part that is not loaded yet. Settles when each is loaded or has failed. */
export async function loadTheRest(): Promise<void> {
  await Promise.all(parts.map((part) => part.load()))
}

type PartState<Props> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly Component: ComponentType<Props> }
  | { readonly kind: 'failed' }

interface Part<Props> {
  readonly state: () => PartState<Props>
  readonly subscribe: (listener: () => void) => () => void
  readonly load: () => Promise<void>
}

const parts: { readonly load: () => Promise<void> }[] = []

function addPart<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let state: PartState<Props> = { kind: 'loading' }
  let loading: Promise<void> | null = null
  const listeners = new Set<() => void>()
  const become = (next: PartState<Props>): void => {
    state = next
    for (const listener of listeners) listener()
  }
  const part: Part<Props> = {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    load: () =>
      (loading ??= load().then(
        (Component) => {
          become({ kind: 'loaded', Component })
        },
        () => {
          become({ kind: 'failed' })
        }
      ))
  }
  parts.push(part)
  return part
}

function usePart<Props>(part: Part<Props>): PartState<Props> {
  return useSyncExternalStore(part.subscribe, part.state)
}

/** Shown when the server has gone since the page was loaded, or serves another version now. */
function NotLoaded(): ReactNode {
  return (
    <Empty
      action={
        <button
          type="button"
          className="btn line"
          onClick={() => {
            location.reload()
          }}
        >
          {shellWords.notLoaded.reload}
        </button>
      }
    >
      {shellWords.notLoaded.about}
    </Empty>
  )
}
