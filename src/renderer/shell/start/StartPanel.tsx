/** @module The start panel: the first session, step by step. */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/icons.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { openCommands } from '../../panels/terminal/commands.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { hostHasBegun, makeRoom } from './first-minute.ts'
import { FirstSession } from './FirstSession.tsx'
import { whyNoSession } from '../../state/sentence/why-no-session.ts'

/** The first minute: where the port is, what opens it, and a session to try at once. */
export function StartPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [trying, setTrying] = useState(false)
  const port = snapshot?.ports.find((one) => one.instance === 0)
  const holder = snapshot?.ports.find((one) => one.instance === 0 && one.clientPresent)
  const begun = useStore(store, hostHasBegun)
  // Once: a person who comes back to it while programs come and go has chosen it.
  const left = useRef(false)
  useEffect(() => {
    if (!begun || trying || left.current) return
    left.current = true
    makeRoom(store, 'start')
  }, [begun, trying, store])

  if (!snapshot || !port) {
    return (
      <Panel name="First minute">
        <Empty>The port is told here once the simulator answers.</Empty>
      </Panel>
    )
  }
  const why = whyNoSession(snapshot, live)
  return (
    <Panel name="First minute" className="p-start">
      {trying ? (
        <FirstSession
          store={store}
          onEnd={() => {
            setTrying(false)
          }}
        />
      ) : (
        <div className="start">
          <h2>{holder ? `${holder.client ?? 'A program'} talks to the module` : 'No program has the port yet'}</h2>
          <p>
            {holder
              ? 'Its bytes are in the timeline, its answers in the terminal. The port is open to one program at a time.'
              : 'Open the port from another terminal:'}
          </p>
          <Ways port={port} />
          <p className="or">
            {holder
              ? 'Once it has left, a first session can be tried here, line by line.'
              : 'Or look first: seven lines, from AT to a TLS connection and back, and what each of them does.'}
          </p>
          <div className="acts">
            {!holder && (
              <button
                type="button"
                className="btn solid"
                disabled={why !== null}
                title={why ?? undefined}
                onClick={() => {
                  setTrying(true)
                  store.desk.show('terminal')
                }}
              >
                <Icon name="start" />
                Try it here
              </button>
            )}
            <button
              type="button"
              className="btn"
              title="The palette brings it back: Open First minute"
              onClick={() => {
                store.desk.close('start')
              }}
            >
              Close
            </button>
          </div>
          {why !== null && !holder && <p className="dim">{why}</p>}
        </div>
      )}
    </Panel>
  )
}

/** The port, and ready lines that open it. */
function Ways({ port }: { readonly port: PortSnapshot }): ReactNode {
  return (
    <dl className="ways">
      <div>
        <dt>Port</dt>
        <dd>
          <code className="path-of" title={port.name}>
            <bdi>{port.name}</bdi>
          </code>
          <CopyButton text={port.name} what="the port's path" />
        </dd>
      </div>
      {openCommands(port).map(({ program, line }) => (
        <div key={program}>
          <dt>{program}</dt>
          <dd>
            <code title={line}>{line}</code>
            <CopyButton text={line} what={`the ${program} command`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
