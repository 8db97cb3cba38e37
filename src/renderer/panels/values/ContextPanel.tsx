import type { ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { stateOf } from '../../state/sentence.ts'
import { useStore, type Store } from '../../state/store.ts'

/** Signal quality 99 of +CSQ: not known or not detectable. */
const unknownQuality = 99

export function ContextPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  return (
    <Panel name="PDP context">
      {!snapshot ? (
        <Empty>No context is known yet.</Empty>
      ) : (
        <dl className="kv">
          <dt>Context {snapshot.context.id}</dt>
          <dd>
            <b>{stateOf(snapshot, 'pdp') || 'unknown'}</b> <span className="dim wide">{snapshot.context.type}</span>
          </dd>
          <dt>Address</dt>
          <dd className="mono">{snapshot.context.address ?? <span className="dim">none</span>}</dd>
          <dt>APN</dt>
          <dd className="mono" title={snapshot.context.apn}>
            {snapshot.context.apn || <span className="dim">not set</span>}
          </dd>
          <dt>Network</dt>
          <dd title={`${snapshot.network.operator}, ${snapshot.network.operatorCode}`}>
            {networkWords(snapshot.network, stateOf(snapshot, 'registration'))}
          </dd>
          <dt>Signal</dt>
          <dd>
            {snapshot.network.signalQuality === unknownQuality ? (
              <span className="dim">none</span>
            ) : (
              <SignalBars quality={snapshot.network.signalQuality} />
            )}
          </dd>
          {stateOf(snapshot, 'pdp') === 'inactive' && registered(stateOf(snapshot, 'registration')) && (
            <dd className="do">
              <span className="wide">Next: </span>
              <code>AT#SGACT=1,1</code>
              <CopyButton text="AT#SGACT=1,1" what="the command that activates the context" />
            </dd>
          )}
        </dl>
      )}
    </Panel>
  )
}

function networkWords(network: { readonly operator: string; readonly operatorCode: string }, state: string): ReactNode {
  if (!registered(state)) return <span className="dim">{state === 'idle' || state === '' ? 'not registered' : state}</span>
  return network.operator || network.operatorCode
}

function registered(state: string): boolean {
  return state === 'home' || state === 'roaming'
}

/** Five bars for the 32 steps of +CSQ, and the figure beside them. */
function SignalBars({ quality }: { readonly quality: number }): ReactNode {
  const lit = Math.ceil((quality / 31) * 5)
  const dbm = -113 + 2 * quality
  return (
    <span className="signal" title={`+CSQ ${quality}: ${dbm} dBm`}>
      <svg viewBox="0 0 22 10" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((at) => (
          <rect key={at} className={at < lit ? 'lit' : ''} x={at * 4.5} y={8 - at * 2} width="3" height={2 + at * 2} rx=".6" />
        ))}
      </svg>
      {quality}
    </span>
  )
}
