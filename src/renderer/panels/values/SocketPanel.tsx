/** @module The panels of values: SSL socket, contexts, NVM, timers and network. */

import { useState, type ReactNode } from 'react'
import type { Snapshot, SslSnapshot } from '../../../shared/calls/snapshot.ts'
import { allSuites } from '../../../shared/tls/suites.ts'
import { Address } from '../../parts/Address.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { profileNamed } from '../../state/profile-named.ts'
import { shortBytes } from '../../state/sentence/formats.ts'
import { socketFailure, useWhatMatters, type WhatMatters } from '../../state/sentence/what-matters.ts'
import { useMarked } from '../../state/sentence/why.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { SocketSettings } from './SocketSettings.tsx'
import { Bones, usePanelState, Values, Verdict } from './panel-state.tsx'
import { valuesWords } from './words.ts'
import './values.css'

const words = valuesWords.socket

/** The status of #SSLS as one large figure, with the facts behind it; on the panel's other side, all settings. */
export function SocketPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const state = usePanelState(store)
  const marked = useMarked(store)
  const matters = useWhatMatters(store)
  const live = useStore(store, (one) => one.link.kind === 'live')
  const [side, setSide] = useState(0)
  const ssl = snapshot?.ssl
  return (
    <Panel
      name={words.name}
      tabs={{ names: [words.name, words.settings], active: side, onChoose: setSide }}
      controls={
        ssl && (
          <code className="nw ink2 wide" title={words.aboutStatus}>
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
            <div className={`digit s${ssl.status}`} role="img" aria-label={words.digit(ssl.status, ssl.statusWord)}>
              <span className="fig">{ssl.status}</span>
              <span className="wd">{state === 'off' ? words.moduleOff : ssl.statusWord}</span>
              <span className="scale">
                {[0, 1, 2].map((status) => (
                  <i key={status} className={status === ssl.status ? 'on' : ''}>
                    {status}
                  </i>
                ))}
              </span>
            </div>
            <Facts snapshot={snapshot} matters={matters} />
          </div>
        )}
      </Values>
    </Panel>
  )
}

function Facts({
  snapshot,
  matters
}: {
  readonly snapshot: Snapshot
  readonly matters: WhatMatters | null | undefined
}): ReactNode {
  const { ssl } = snapshot
  const failed = socketFailure(snapshot, matters)
  return (
    <dl className="kv" tabIndex={0}>
      <dt>{words.suite}</dt>
      <dd>
        {ssl.suite ? (
          <>
            <span title={ssl.suite.name}>{shortName(ssl.suite.name)}</span>{' '}
            <span className="dim">{ssl.suite.number}</span>
          </>
        ) : (
          <span className="dim">{words.noSuite(ssl.suiteSetting)}</span>
        )}
      </dd>
      <dt>{words.auth}</dt>
      <dd title={ssl.owner === null ? undefined : words.aboutOwner(ssl.owner)}>
        {words.authModes[ssl.authMode] ?? words.otherAuthMode}{' '}
        <span className="dim">
          {ssl.authMode}
          {ssl.owner !== null && <span className="spare">{words.owner(ssl.owner)}</span>}
        </span>
      </dd>
      <dt>{words.server}</dt>
      <dd className="mono address" title={ssl.farEnd ?? undefined}>
        {ssl.farEnd === null ? <span className="dim">{words.noServer}</span> : <Address of={ssl.farEnd} />}
      </dd>
      {failed !== null ? (
        <>
          <dt>{words.lastTry}</dt>
          <dd className="fault err" title={ssl.lastFailure ?? undefined}>
            {failed}
          </dd>
        </>
      ) : (
        <>
          <dt>{words.sent}</dt>
          <dd>
            <Counted bytes={ssl.sentBytes} records={ssl.sentRecords} />
          </dd>
          <dt>{words.received}</dt>
          <dd>
            {ssl.heldBytes > 0 ? (
              // Unread bytes are more important here than the number of records.
              <span title={words.aboutUnread(ssl.receivedBytes, ssl.receivedRecords, ssl.heldBytes)}>
                {shortBytes(ssl.receivedBytes)}, <b className="ink2">{words.unread(ssl.heldBytes)}</b>
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

/** Byte and record counts. The line can wrap between them in a narrow panel. */
function Counted({ bytes, records }: { readonly bytes: number; readonly records: number }): ReactNode {
  return (
    <>
      <span title={words.bytes(bytes)}>{shortBytes(bytes)}</span> <span className="dim">{words.records(records)}</span>
    </>
  )
}

/** Shows whether #SSLFASTD would find a kept TLS session, and the closure type that decides it (G-4.4-2). */
function FastDial({ snapshot: { ssl, product } }: { readonly snapshot: Snapshot }): ReactNode {
  const can = profileNamed(product.name, product.software)?.maxClosureType === 1
  if (!can) {
    return (
      <>
        <dt className="spare">{words.fastDial}</dt>
        <dd className="dim spare" title={words.aboutNoFastDial(product.name, ssl.closureType)}>
          {words.noFastDial(product.name, ssl.closureType)}
        </dd>
      </>
    )
  }
  return (
    <>
      <dt className="fast">{words.fastDial}</dt>
      <dd title={ssl.sessionKept ? words.aboutKept(ssl.closureType) : words.aboutNotKept(ssl.closureType)}>
        {ssl.sessionKept ? <Verdict good>{words.kept}</Verdict> : words.notKept}{' '}
        <span className={ssl.sessionKept ? 'dim roomy' : 'dim spare'}>{words.closure(ssl.closureType)}</span>
      </dd>
    </>
  )
}

/** Returns the short name of a suite, which people type. The tooltip has the full name. */
function shortName(name: string): string {
  return allSuites.find((suite) => suite.name === name)?.shortName ?? name
}

function statusLine(ssl: SslSnapshot): string {
  return words.status(ssl.status, ssl.status === 2 && ssl.suite ? ssl.suite.number : null)
}
