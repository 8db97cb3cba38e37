/** @module The handshake panel: each TLS message with its fields and bytes. */

import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { dialCommand } from '../../state/sentence/dial.ts'
import { useActions } from '../../state/store/actions.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { HandshakeChoice } from './HandshakeChoice.tsx'
import { KeysView } from './KeysView.tsx'
import { LadderView } from './LadderView.tsx'
import { brokenAt } from './steps.ts'
import { useHandshakeActions } from './use-handshake-actions.ts'
import { messageOf, useHandshakes, useShortened } from './use-handshakes.ts'
import { timelineMessages } from './use-message.ts'
import { handshakeWords as words } from './words.ts'
import './handshake.css'

/** The newest or a chosen handshake: as a ladder of messages between module and server, or as the keys that it produced. */
export function HandshakePanel({ store }: { readonly store: Store }): ReactNode {
  const all = useHandshakes(store)
  const snapshot = useStore(store, (state) => state.snapshot)
  const selected = useStore(store, (state) => state.selected)
  const [wanted, setWanted] = useState<number | null>(null)
  const [view, setView] = useState<'ladder' | 'keys'>('ladder')
  const [step, setStep] = useState<number | null>(null)
  /** The selected event whose message the person has closed; `null` for none. */
  const [closed, setClosed] = useState<number | null>(null)

  const source = useMemo(() => timelineMessages(store.api), [store.api])
  const newestId = all[0]?.id ?? null
  const startedMs = all[0]?.startedMs
  const found = messageOf(all, selected, brokenAt)
  const foundId = found?.handshake.id
  // A new handshake replaces the one that the person chose.
  useEffect(() => {
    setWanted(null)
    setStep(null)
  }, [newestId, startedMs])

  const shown = all.find((one) => one.id === wanted) ?? all[0]
  const full = useShortened(store.api, shown, all)
  useEffect(() => {
    setClosed(null)
    if (foundId !== undefined && foundId !== shown?.id && foundId !== full?.id) setWanted(foundId)
    // Only a new selection, in this or another panel, may change what is shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected])
  const drawn = shown && (shown.messages.length > 0 || shown.outcome === 'running')
  const at = found && (found.handshake.id === shown?.id || found.handshake.id === full?.id) ? found : null

  function select(handshake: HandshakeSnapshot, index: number | null): void {
    const seq = index === null ? null : (handshake.messages[index]?.seq ?? null)
    if (seq === null || (seq === selected && closed === null)) setClosed(selected)
    else {
      setClosed(null)
      store.select(seq)
    }
  }
  function go(next: number | null): void {
    setView('ladder')
    setStep(next)
    if (next !== null && shown) {
      setClosed(null)
      store.select(shown.messages[next]?.seq ?? null)
    }
  }
  useActions(
    store.actions,
    useHandshakeActions(store, drawn ? shown : undefined, { view, step, onView: setView, onGo: go })
  )

  const press = (event: KeyboardEvent): void => {
    const move = step === null ? 0 : event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.defaultPrevented) return
    if (event.key === 'Escape') {
      if (step !== null) go(null)
      else if (view === 'keys') setView('ladder')
      else setClosed(selected)
    } else if (move !== 0 && shown) go(Math.max(0, Math.min(shown.messages.length - 1, step! + move)))
    else return
    event.preventDefault()
  }

  const controls = shown && (
    <>
      <HandshakeChoice
        all={all}
        shown={shown}
        onChoose={(id) => {
          setWanted(id)
          setStep(null)
        }}
      />
      {drawn && (
        <>
          <button
            type="button"
            className={`btn sm${step === null ? '' : ' pressed'}`}
            aria-pressed={step !== null}
            title={words.step.title}
            onClick={() => {
              go(step === null ? 0 : null)
            }}
          >
            <Icon name="start" />
            {words.step.label}
          </button>
          <button
            type="button"
            className={`btn sm${view === 'keys' ? ' pressed' : ''}`}
            aria-pressed={view === 'keys'}
            title={words.keys.title}
            onClick={() => {
              setStep(null)
              setView(view === 'keys' ? 'ladder' : 'keys')
            }}
          >
            <Icon name="key" />
            {words.keys.label}
          </button>
        </>
      )}
    </>
  )
  return (
    <Panel name={words.panel} controls={controls} className="p-handshake">
      {!snapshot ? (
        <Waiting />
      ) : !drawn ? (
        <NoHandshake snapshot={snapshot} failure={shown?.failure ?? null} />
      ) : (
        <div className="hs-keys" onKeyDown={press}>
          {view === 'keys' ? (
            <KeysView store={store} handshake={shown} key={shown.id} />
          ) : (
            <LadderView
              source={source}
              handshake={shown}
              full={step === null ? full : null}
              selected={at && (step === null || at.handshake.id === shown.id) ? at : null}
              opened={closed !== selected}
              step={step}
              onSelect={
                step === null
                  ? select
                  : (_, index) => {
                      go(index ?? step)
                    }
              }
              onGo={go}
            />
          )}
        </div>
      )}
    </Panel>
  )
}

/** Placeholder for the messages; the style sheet shows it after a delay. */
function Waiting(): ReactNode {
  return (
    <div className="skeleton" aria-label={words.empty.waiting}>
      {[70, 55, 80, 60].map((width) => (
        <i key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

function NoHandshake({
  snapshot,
  failure
}: {
  readonly snapshot: Snapshot
  readonly failure: string | null
}): ReactNode {
  const off = stateOf(snapshot, 'power') === 'off'
  if (off && failure === null) return <Empty>{words.empty.off}</Empty>
  const command = dialCommand(snapshot.lab)
  return (
    <Empty
      action={
        <span className="do">
          <code>{command}</code>
          <CopyButton text={command} what={words.empty.dialCommand} />
        </span>
      }
    >
      {failure === null ? (
        words.empty.none
      ) : (
        <>
          <span className="err">{failure}</span> {words.empty.failedBefore}
        </>
      )}
    </Empty>
  )
}
