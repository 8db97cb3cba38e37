import type { ReactNode } from 'react'
import { Empty, Panel } from '../../parts/Panel.tsx'
import type { SslSnapshot } from '../../../shared/api.ts'
import { allSuites } from '../../../shared/suites.ts'
import { grouped } from '../../state/formats.ts'
import { useStore, type Store } from '../../state/store.ts'

/** What `<auth_mode>` of #SSLSECCFG asks for. */
const authWords = ['no checks', 'server', 'both sides']

/** What #SSLS says, as the one large figure of the window, and what is behind it. */
export function SocketPanel({ store }: { readonly store: Store }): ReactNode {
  const ssl = useStore(store, (state) => state.snapshot?.ssl)
  return (
    <Panel
      name="SSL socket"
      controls={
        ssl && (
          <code className="nw ink2" title="What AT#SSLS answers">
            {statusLine(ssl)}
          </code>
        )
      }
    >
      {!ssl ? (
        <Empty>No socket is known yet.</Empty>
      ) : (
        <div className="sock">
          <div className={`digit s${ssl.status}`} role="img" aria-label={`SSL status ${ssl.status}, ${ssl.statusWord}`}>
            <span className="fig">{ssl.status}</span>
            <span className="wd">{ssl.statusWord}</span>
            <span className="scale">
              {[0, 1, 2].map((status) => (
                <i key={status} className={status === ssl.status ? 'on' : ''}>
                  {status}
                </i>
              ))}
            </span>
          </div>
          <Facts ssl={ssl} />
        </div>
      )}
    </Panel>
  )
}

function Facts({ ssl }: { readonly ssl: SslSnapshot }): ReactNode {
  const { pktSize, maxToS, defTo100ms, txTo100ms } = ssl.config
  return (
    <dl className="kv" tabIndex={0}>
      <dt>Suite</dt>
      <dd>
        {ssl.suite ? (
          <>
            <span title={ssl.suite.name}>{shortName(ssl.suite.name)}</span> <span className="dim">{ssl.suite.number}</span>
          </>
        ) : (
          <span className="dim">none in force{ssl.suiteSetting === 0 ? '' : `, ${ssl.suiteSetting} set`}</span>
        )}
      </dd>
      <dt>Auth</dt>
      <dd>
        {authWords[ssl.authMode] ?? 'mode'}{' '}
        <span className="dim">
          {ssl.authMode}
          {ssl.owner !== null && <>, owner AT{ssl.owner}</>}
        </span>
      </dd>
      <dt>Far end</dt>
      <dd className="mono" title={ssl.farEnd ?? undefined}>
        {ssl.farEnd ?? <span className="dim">none</span>}
      </dd>
      <dt>Sent</dt>
      <dd>
        {grouped(ssl.sentBytes)} B <span className="dim">{records(ssl.sentRecords)}</span>
      </dd>
      <dt>Received</dt>
      <dd>
        {grouped(ssl.receivedBytes)} B{' '}
        <span className="dim">
          {records(ssl.receivedRecords)}
          {ssl.heldBytes > 0 && (
            <>
              , <b className="ink2">{grouped(ssl.heldBytes)} B unread</b>
            </>
          )}
        </span>
      </dd>
      {ssl.lastFailure !== null && (
        <>
          <dt>Failure</dt>
          <dd className="fault" title={ssl.lastFailure}>
            <span className="err">{ssl.lastFailure}</span>
          </dd>
        </>
      )}
      <dt title="AT#SSLCFG: pktSize, maxTo, defTo, txTo">#SSLCFG</dt>
      <dd className="cfg" title={`pktSize ${pktSize} B, maxTo ${maxToS} s, defTo ${defTo100ms / 10} s, txTo ${txTo100ms / 10} s`}>
        <span>
          <i>pktSize</i> {pktSize}
        </span>{' '}
        <span>
          <i>maxTo</i> {maxToS}
        </span>{' '}
        <span>
          <i>defTo</i> {defTo100ms}
        </span>{' '}
        <span>
          <i>txTo</i> {txTo100ms}
        </span>
      </dd>
    </dl>
  )
}

/** The name people type; the wire's name is in the tooltip. */
function shortName(name: string): string {
  return allSuites.find((suite) => suite.name === name)?.shortName ?? name
}

function statusLine(ssl: SslSnapshot): string {
  return `#SSLS: 1,${ssl.status}${ssl.status === 2 && ssl.suite ? `,${ssl.suite.number}` : ''}`
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${grouped(count)} records`
}
