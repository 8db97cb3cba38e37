import type { ReactNode } from 'react'
import type { TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import { Panel } from '../../parts/Panel.tsx'
import { useMarked } from '../../state/sentence/why.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { TimerRow } from './TimerRow.tsx'
import { Bones, usePanelState, Values } from './panel-state.tsx'
import { useFullPacket } from './use-spent.ts'
import { valuesWords } from './words.ts'
import './values.css'

const words = valuesWords.timers

/** In the order in which they affect data on its way to the server. */
const order: readonly TimerSnapshot['name'][] = ['pktSize', 'txTo', 'maxTo', 'command', 'handshake', 'escape', 'ftp']

/** The bytes waiting for pktSize and the time of each timer, with what happens at the limit. */
export function TimersPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const expired = useStore(store, (state) => state.expired)
  const state = usePanelState(store)
  const marked: readonly string[] = useMarked(store)
  const fullPacket = useFullPacket(store)
  const timerOf = (name: TimerSnapshot['name']): TimerSnapshot | undefined =>
    snapshot?.timers.find((one) => one.name === name)
  const speed = snapshot?.speed ?? 1
  return (
    <Panel
      name={words.name}
      controls={
        speed === 1 ? null : (
          <span className="nw dim" title={words.aboutSpeed}>
            {words.at}
            <b className="ink2">{words.speed(speed)}</b>
          </span>
        )
      }
    >
      <Values state={state}>
        {!snapshot ? (
          <Bones lines={5} />
        ) : (
          <ul className="timers">
            {order.flatMap((name) => {
              const timer = timerOf(name)
              // The FTP timer has a row only while it runs or after it expired.
              if (!timer || (name === 'ftp' && !timer.running && expired['ftp'] === undefined)) return []
              return (
                <TimerRow
                  key={name}
                  store={store}
                  snapshot={snapshot}
                  timer={timer}
                  expiredAtMs={name === 'pktSize' ? fullPacket : expired[name]}
                  marked={marked.includes(`timer:${name}`)}
                />
              )
            })}
          </ul>
        )}
      </Values>
    </Panel>
  )
}
