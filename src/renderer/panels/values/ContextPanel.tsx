import { useState, type ReactNode } from 'react'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { useMarked } from '../../state/sentence/why.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { changeNetwork } from '../../state/terminal/hand-acts.ts'
import { NetworkControls } from './NetworkControls.tsx'
import { Bones, usePanelState, Values, Verdict } from './panel-state.tsx'
import { valuesWords } from './words.ts'
import './values.css'

const words = valuesWords.context
const actWords = valuesWords.networkActs
/** The command that activates the context. */
const ACTIVATE = 'AT#SGACT=1,1'

/** The PDP context of the module; on its other side, the settings of network and SIM. */
export function ContextPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const state = usePanelState(store)
  const marked = useMarked(store)
  const [side, setSide] = useState(0)
  return (
    <Panel name={words.name} tabs={{ names: words.sides, active: side, onChoose: setSide }}>
      <Values state={state}>
        {!snapshot ? (
          <Bones lines={4} />
        ) : side === 0 ? (
          <Context store={store} snapshot={snapshot} live={live} marked={marked} />
        ) : (
          <NetworkControls store={store} snapshot={snapshot} live={live} />
        )}
      </Values>
    </Panel>
  )
}

interface ContextProps {
  readonly store: Store
  readonly snapshot: Snapshot
  readonly live: boolean
}

function Context({ store, snapshot, live, marked }: ContextProps & { readonly marked: readonly string[] }): ReactNode {
  const { context, network } = snapshot
  const [state, registration] = [stateOf(snapshot, 'pdp'), stateOf(snapshot, 'registration')]
  const off = stateOf(snapshot, 'power') === 'off'
  const failed = marked.includes('pdp')
  return (
    <div className={`ctx${failed ? ' marked' : ''}`}>
      <dl className="kv" tabIndex={0}>
        <dt>{words.context(context.id)}</dt>
        <dd>
          {failed ? (
            <Verdict good={false}>{state || words.unknown}</Verdict>
          ) : (
            <b>{off ? words.moduleOff : state || words.unknown}</b>
          )}{' '}
          <span className="dim spare">{context.type}</span>
        </dd>
        <dt>{words.address}</dt>
        {state === 'inactive' && registered(registration) ? (
          <dd className="do" title={words.aboutActivate}>
            <code>{ACTIVATE}</code>
            <CopyButton text={ACTIVATE} what={words.copyActivate} />
          </dd>
        ) : (
          <dd className="mono">{context.address ?? <span className="dim">{words.noAddress}</span>}</dd>
        )}
        <dt>{words.apn}</dt>
        <dd className="mono" title={context.apn}>
          {context.apn || <span className="dim">{words.noApn}</span>}
        </dd>
        <dt>{words.network}</dt>
        <dd title={words.aboutNetwork(network.operator, network.operatorCode, registration)}>
          {marked.includes('registration') || marked.includes('network') ? (
            <Verdict good={false}>{networkWords(network, registration)}</Verdict>
          ) : (
            networkWords(network, registration)
          )}
        </dd>
      </dl>
      <NetworkActs store={store} snapshot={snapshot} live={live} active={state === 'active'} />
    </div>
  )
}

/** Buttons for what the network can do to a PDP context. */
function NetworkActs({ store, snapshot, live, active }: ContextProps & { readonly active: boolean }): ReactNode {
  const { apns } = snapshot.conditions
  const refuses = apns !== 'any' && apns.length === 0
  const { attached } = snapshot.network
  const [busy, setBusy] = useState<string | null>(null)
  const during = (name: string, call: Promise<unknown>): void => {
    setBusy(name)
    void call.finally(() => {
      setBusy(null)
    })
  }
  return (
    <div className="acts" role="group" aria-label={actWords.name}>
      <button
        type="button"
        className="btn line sm"
        aria-busy={busy === 'drop'}
        disabled={!live || !active}
        title={active ? actWords.aboutDrop : actWords.notActive}
        onClick={() => {
          during('drop', store.attempt(store.api.networkEvent({ kind: 'drop-context' })))
        }}
      >
        {busy === 'drop' ? actWords.dropping : actWords.drop}
      </button>
      <button
        type="button"
        className={`btn line sm${refuses ? ' pressed' : ''}`}
        aria-pressed={refuses}
        disabled={!live}
        title={refuses ? actWords.aboutRefusing : actWords.aboutRefuse}
        onClick={() => {
          void changeNetwork(store, refuses ? actWords.accepted : actWords.refused, { apns: refuses ? 'any' : [] })
        }}
      >
        {refuses ? actWords.refusing : actWords.refuse}
      </button>
      <button
        type="button"
        className="btn line sm"
        aria-busy={busy === 'detach'}
        disabled={!live || !attached}
        title={attached ? actWords.aboutDetach : actWords.notAttached}
        onClick={() => {
          during('detach', store.attempt(store.api.networkEvent({ kind: 'detach' })))
        }}
      >
        {busy === 'detach' ? actWords.detaching : actWords.detach}
      </button>
    </div>
  )
}

/** Returns registration and network: `home, Lab network`. */
function networkWords(network: { readonly operator: string; readonly operatorCode: string }, state: string): ReactNode {
  if (!registered(state))
    return <span className="dim">{state === 'idle' || state === '' ? words.notRegistered : state}</span>
  return (
    <>
      {state}
      <span className="spare">{words.operator(network.operatorCode || network.operator)}</span>
    </>
  )
}

function registered(state: string): boolean {
  return state === 'home' || state === 'roaming'
}
