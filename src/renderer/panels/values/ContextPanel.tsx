import { useState, type ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import type { Snapshot } from '../../../shared/api.ts'
import { changeNetwork } from '../../state/hand-acts.ts'
import { stateOf } from '../../state/sentence.ts'
import { useStore, type Store } from '../../state/store.ts'
import { NetworkControls } from './NetworkControls.tsx'

/** Signal quality 99 of +CSQ: not known or not detectable. */
const unknownQuality = 99

/** The context as the module has it, and behind it the network and the SIM, which can be changed. */
export function ContextPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [side, setSide] = useState(0)
  return (
    <Panel name="PDP context" tabs={{ names: ['Context', 'Network'], active: side, onChoose: setSide }}>
      {!snapshot ? (
        <Empty>No context is known yet.</Empty>
      ) : side === 0 ? (
        <Context store={store} snapshot={snapshot} live={live} />
      ) : (
        <NetworkControls store={store} snapshot={snapshot} live={live} />
      )}
    </Panel>
  )
}

interface ContextProps {
  readonly store: Store
  readonly snapshot: Snapshot
  readonly live: boolean
}

function Context({ store, snapshot, live }: ContextProps): ReactNode {
  const { context, network } = snapshot
  const [state, registration] = [stateOf(snapshot, 'pdp'), stateOf(snapshot, 'registration')]
  const canActivate = state === 'inactive' && registered(registration)
  return (
    <div className="ctx">
      <dl className="kv" tabIndex={0}>
        <dt>Context {context.id}</dt>
        <dd>
          <b>{state || 'unknown'}</b> <span className="dim wide">{context.type}</span>
        </dd>
        <dt>Address</dt>
        <dd className="mono">{context.address ?? <span className="dim">none</span>}</dd>
        <dt>APN</dt>
        <dd className="mono" title={context.apn}>
          {context.apn || <span className="dim">not set</span>}
        </dd>
        <dt>Network</dt>
        <dd title={`${network.operator}, ${network.operatorCode}`}>{networkWords(network, registration)}</dd>
        {/* What is next counts more than the signal, which the board draws too. */}
        {!canActivate && (
          <>
            <dt>Signal</dt>
            <dd>
              {network.signalQuality === unknownQuality ? (
                <span className="dim">none</span>
              ) : (
                <SignalBars quality={network.signalQuality} />
              )}
            </dd>
          </>
        )}
        {canActivate && (
          <dd className="do">
            <span className="wide">Next: </span>
            <code>AT#SGACT=1,1</code>
            <CopyButton text="AT#SGACT=1,1" what="the command that activates the context" />
          </dd>
        )}
      </dl>
      <NetworkActs store={store} snapshot={snapshot} live={live} active={state === 'active'} />
    </div>
  )
}

/** What a network can do to a context. */
function NetworkActs({ store, snapshot, live, active }: ContextProps & { readonly active: boolean }): ReactNode {
  const { apns } = snapshot.conditions
  const refuses = apns !== 'any' && apns.length === 0
  const { attached } = snapshot.network
  return (
    <div className="acts" role="group" aria-label="What the network does">
      <button
        type="button"
        className="btn line sm"
        disabled={!live || !active}
        title={active ? 'The network drops the context, as it may at any time' : 'No context is active'}
        onClick={() => {
          void store.attempt(store.api.networkEvent({ kind: 'drop-context' }))
        }}
      >
        Drop
      </button>
      <button
        type="button"
        className={`btn line sm${refuses ? ' pressed' : ''}`}
        aria-pressed={refuses}
        disabled={!live}
        title={refuses ? 'The network refuses every APN; press to let all in again' : 'The network refuses every APN from now on'}
        onClick={() => {
          void changeNetwork(store, refuses ? 'Every APN let in' : 'Every APN refused', { apns: refuses ? 'any' : [] })
        }}
      >
        {refuses ? 'Refusing' : 'Refuse'}
      </button>
      <button
        type="button"
        className="btn line sm"
        disabled={!live || !attached}
        title={attached ? 'The network detaches the module from packet service' : 'The module is not attached'}
        onClick={() => {
          void store.attempt(store.api.networkEvent({ kind: 'detach' }))
        }}
      >
        Detach
      </button>
    </div>
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
