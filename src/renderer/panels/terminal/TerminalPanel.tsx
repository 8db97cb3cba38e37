/** @module The terminals, one for each AT instance, with completion and help. */

import { useMemo, useState, type ReactNode } from 'react'
import { profileOf } from '../../../shared/products/catalog.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { withSwitches } from '../../../shared/products/switches.ts'
import { Panel } from '../../parts/Panel.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { useShared } from '../../state/store/use-shared.ts'
import { quietPorts } from '../../state/terminal/quiet-ports.ts'
import { OneTerminal } from './OneTerminal.tsx'
import { useLineHistory } from './use-line-history.ts'
import { terminalWords as words } from './words.ts'
import './terminal.css'

interface TerminalPanelProps {
  readonly store: Store
  /** The look in use: the terminal's colours depend on it. */
  readonly look: string
}

/** The terminals of all AT instances of this run, as tabs. */
export function TerminalPanel({ store, look }: TerminalPanelProps): ReactNode {
  const ports = useShared(store, quietPorts)
  const product = useStore(store, (state) => state.snapshot?.product.name)
  const software = useStore(store, (state) => state.snapshot?.product.software)
  // Only this switch adds or removes a command. Read as a single value: an unchanged snapshot then renders nothing.
  const sslSendExt = useStore(store, (state) => state.snapshot?.switches.now.sslSendExt)
  const profile = useMemo(() => {
    const own = knownProfile(product, software)
    return own && sslSendExt ? withSwitches(own, { sslSendExt }) : own
  }, [product, software, sslSendExt])
  const [chosen, setChosen] = useState(0)
  const [strip, setStrip] = useState<HTMLElement | null>(null)
  const history = useLineHistory()
  const instances = [...new Set((ports ?? []).map((port) => port.instance))].toSorted((a, b) => a - b)
  // The first instance always exists: show its terminal before the ports are known.
  const shown = instances.length === 0 ? [0] : instances
  const active = Math.min(chosen, shown.length - 1)
  const only = shown.length === 1 ? words.panelOf(shown[0]!) : null
  const names = only === null ? shown.map(words.instance) : [only]
  return (
    <Panel
      name={only ?? words.panel}
      tabs={{ names, active, onChoose: setChosen }}
      controls={<span className="strip" ref={setStrip} />}
      className="p-terminal"
    >
      {shown.map((instance, at) => (
        <OneTerminal
          key={instance}
          store={store}
          instance={instance}
          look={look}
          active={at === active}
          profile={profile}
          history={history}
          strip={strip}
        />
      ))}
    </Panel>
  )
}

/** Returns the product's profile; `null` if this window does not know it, because the simulator has another version. */
function knownProfile(product: string | undefined, software: string | undefined): ModuleProfile | null {
  if (product === undefined) return null
  try {
    return profileOf(product, software ?? null)
  } catch {
    return null
  }
}
