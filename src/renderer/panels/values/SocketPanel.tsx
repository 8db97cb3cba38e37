/** @module The panels of values: SSL socket, contexts, NVM, timers and network. */

import { useState, type ReactNode } from 'react'
import { Address } from '../../parts/Address.tsx'
import { Panel } from '../../parts/Panel.tsx'
import type { Snapshot, SslSnapshot } from '../../../shared/calls/snapshot.ts'
import { allSuites } from '../../../shared/tls/suites.ts'
import { profileNamed } from '../../state/profile-named.ts'
import { grouped, shortBytes } from '../../state/sentence/formats.ts'
import { useLastTry, type LastTry } from '../../state/sentence/last-try.ts'
import { useMarked } from '../../state/sentence/why.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { Bones, usePanelState, Values, Verdict } from './panel-state.tsx'
import { SocketSettings } from './SocketSettings.tsx'
import './values.css'

/** What `<auth_mode>` of #SSLSECCFG asks for. */
const authWords = ['no checks', 'server', 'both sides']

/** What #SSLS says, as the one large figure of the window, and what is behind it; on its other side, every setting. */
export function SocketPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const state = usePanelState(store)
  const marked = useMarked(store)
  const lastTry = useLastTry(store)
  const live = useStore(store, (one) => one.link.kind === 'live')
  const [side, setSide] = useState(0)
  const ssl = snapshot?.ssl
  return (
    <Panel
      name="SSL socket"
      tabs={{ names: ['SSL socket', 'Settings'], active: side, onChoose: setSide }}
      controls={
        ssl && (
          <code className="nw ink2 wide" title="What AT#SSLS answers">
            {statusLine(ssl)}
          </code>
        )
      }
    >
      <Values state={state}>
        {!snapshot || !ssl ? (
          <Bones lines={5} />
        ) : side === 1 ? (
          <SocketSettings
            snapshot={snapshot}
            onSwitch={live ? (change) => void store.attempt(store.api.setSwitch(change)) : null}
          />
        ) : (
          <div className={`sock${marked.includes('ssl') || marked.includes('handshake') ? ' marked' : ''}`}>
            <div
              className={`digit s${ssl.status}`}
              role="img"
              aria-label={`SSL status ${ssl.status}, ${ssl.statusWord}`}
            >
              <span className="fig">{ssl.status}</span>
              <span className="wd">{state === 'off' ? 'module off' : ssl.statusWord}</span>
              <span className="scale">
                {[0, 1, 2].map((status) => (
                  <i key={status} className={status === ssl.status ? 'on' : ''}>
                    {status}
                  </i>
                ))}
              </span>
            </div>
            <Facts snapshot={snapshot} lastTry={lastTry} />
          </div>
        )}
      </Values>
    </Panel>
  )
}

function Facts({ snapshot, lastTry }: { readonly snapshot: Snapshot; readonly lastTry: LastTry | null }): ReactNode {
  const { ssl } = snapshot
  const failed = ssl.status !== 2 && ssl.lastFailure !== null
  return (
    <dl className="kv" tabIndex={0}>
      <dt>Suite</dt>
      <dd>
        {ssl.suite ? (
          <>
            <span title={ssl.suite.name}>{shortName(ssl.suite.name)}</span>{' '}
            <span className="dim">{ssl.suite.number}</span>
          </>
        ) : (
          <span className="dim">none in force{ssl.suiteSetting === 0 ? '' : `, ${ssl.suiteSetting} set`}</span>
        )}
      </dd>
      <dt>Auth</dt>
      <dd title={ssl.owner === null ? undefined : `AT${ssl.owner} owns the socket`}>
        {authWords[ssl.authMode] ?? 'mode'}{' '}
        <span className="dim">
          {ssl.authMode}
          {ssl.owner !== null && <span className="spare">, owner AT{ssl.owner}</span>}
        </span>
      </dd>
      <dt>Far end</dt>
      <dd className="mono address" title={ssl.farEnd ?? undefined}>
        {ssl.farEnd === null ? <span className="dim">none</span> : <Address of={ssl.farEnd} />}
      </dd>
      {failed ? (
        <>
          <dt>Last try</dt>
          <dd className="fault err" title={ssl.lastFailure ?? undefined}>
            {lastTry?.title ?? ssl.lastFailure}
          </dd>
        </>
      ) : (
        <>
          <dt>Sent</dt>
          <dd>
            <Counted bytes={ssl.sentBytes} records={ssl.sentRecords} />
          </dd>
          <dt>Received</dt>
          <dd>
            {ssl.heldBytes > 0 ? (
              // What waits to be read counts more than in how many records it came.
              <span
                title={`${grouped(ssl.receivedBytes)} bytes in ${grouped(ssl.receivedRecords)} records; ${grouped(ssl.heldBytes)} of them are not read yet`}
              >
                {shortBytes(ssl.receivedBytes)}, <b className="ink2">{grouped(ssl.heldBytes)} unread</b>
              </span>
            ) : (
              <Counted bytes={ssl.receivedBytes} records={ssl.receivedRecords} />
            )}
          </dd>
        </>
      )}
      <FastDial snapshot={snapshot} />
    </dl>
  )
}

/** May be broken before its port, where the panel is a narrow one. */
function Counted({ bytes, records }: { readonly bytes: number; readonly records: number }): ReactNode {
  return (
    <>
      <span title={`${grouped(bytes)} bytes`}>{shortBytes(bytes)}</span>{' '}
      <span className="dim">{records === 1 ? '1 record' : `${grouped(records)} records`}</span>
    </>
  )
}

/** Whether #SSLFASTD would find a session, and the closure type that decides it (G-4.4-2). */
function FastDial({ snapshot: { ssl, product } }: { readonly snapshot: Snapshot }): ReactNode {
  const can = profileNamed(product.name, product.software)?.maxClosureType === 1
  const closure = `closure type ${ssl.closureType}`
  if (!can) {
    return (
      <>
        <dt className="spare">Fast dial</dt>
        <dd className="dim spare" title={`${product.name} keeps no session and has no #SSLFASTD; ${closure}`}>
          not on {product.name}, closure {ssl.closureType}
        </dd>
      </>
    )
  }
  return (
    <>
      <dt className="fast">Fast dial</dt>
      <dd
        title={
          ssl.sessionKept
            ? `#SSLFASTD takes it up; ${closure}`
            : `A session is kept with closure type 1; now it is ${ssl.closureType}`
        }
      >
        {ssl.sessionKept ? <Verdict good>session kept</Verdict> : 'no session'}{' '}
        <span className={ssl.sessionKept ? 'dim roomy' : 'dim spare'}>closure {ssl.closureType}</span>
      </dd>
    </>
  )
}

/** The name people type; the wire's name is in the tooltip. */
function shortName(name: string): string {
  return allSuites.find((suite) => suite.name === name)?.shortName ?? name
}

function statusLine(ssl: SslSnapshot): string {
  return `#SSLS: 1,${ssl.status}${ssl.status === 2 && ssl.suite ? `,${ssl.suite.number}` : ''}`
}
