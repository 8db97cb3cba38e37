/** @module The start panel: the first session, step by step. */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'
import { openCommands } from '../../panels/terminal/commands.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { whyNoSession } from '../../state/sentence/why-no-session.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { FirstSession } from './FirstSession.tsx'
import { hostHasBegun, makeRoom } from './first-minute.ts'
import { sessionSteps } from './session-steps.ts'
import { startWords } from './words.ts'

/** The first steps: where the port is, how to open it, and a session to try at once. */
export function StartPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [trying, setTrying] = useState(false)
  const port = snapshot?.ports.find((one) => one.instance === 0)
  const holder = snapshot?.ports.find((one) => one.instance === 0 && one.clientPresent)
  const begun = useStore(store, hostHasBegun)
  // Only once: a person who opens the panel again later has chosen to see it.
  const left = useRef(false)
  useEffect(() => {
    if (!begun || trying || left.current) return
    left.current = true
    makeRoom(store, 'start')
  }, [begun, trying, store])

  if (!snapshot || !port) {
    return (
      <Panel name={startWords.name}>
        <Empty>{startWords.waiting}</Empty>
      </Panel>
    )
  }
  const why = whyNoSession(snapshot, live)
  return (
    <Panel name={startWords.name} className="p-start">
      {trying ? (
        <FirstSession
          store={store}
          onEnd={() => {
            setTrying(false)
          }}
        />
      ) : (
        <div className="start">
          <h2>{holder ? startWords.inUse.heading(holder.client) : startWords.free.heading}</h2>
          <p>{holder ? startWords.inUse.about : startWords.free.about}</p>
          <Ways port={port} />
          <p className="or">{holder ? startWords.inUse.later : startWords.free.orTry(sessionSteps.length)}</p>
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
                {startWords.tryIt}
              </button>
            )}
            <button
              type="button"
              className="btn"
              title={startWords.closeTitle}
              onClick={() => {
                store.desk.close('start')
              }}
            >
              {startWords.close}
            </button>
          </div>
          {why !== null && !holder && <p className="dim">{why}</p>}
        </div>
      )}
    </Panel>
  )
}

/** The port, and command lines that open it. */
function Ways({ port }: { readonly port: PortSnapshot }): ReactNode {
  return (
    <dl className="ways">
      <div>
        <dt>{startWords.port}</dt>
        <dd>
          <code className="path-of" title={port.name}>
            <bdi>{port.name}</bdi>
          </code>
          <CopyButton text={port.name} what={startWords.portPath} />
        </dd>
      </div>
      {openCommands(port).map(({ program, line }) => (
        <div key={program}>
          <dt>{program}</dt>
          <dd>
            <code title={line}>{line}</code>
            <CopyButton text={line} what={startWords.command(program)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
