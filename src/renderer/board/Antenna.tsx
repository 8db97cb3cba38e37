import type { ReactNode } from 'react'
import type { NetworkConditions } from '../../shared/hardware/network-conditions.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Part } from './Part.tsx'
import { SignalSlider } from './SignalSlider.tsx'
import { useBoard } from './board-context.ts'
import { dbm } from './dbm.ts'
import { boardWords } from './words.ts'

/** The drawn antenna: its menu sets the registration; the bars and the slider beside it show the signal strength. */
export function Antenna(): ReactNode {
  const { store, snapshot, live } = useBoard()
  const { conditions, network } = snapshot
  const csq = network.signalQuality
  const acts = registrations.map((value): MenuItem => ({
    ...words.registrations[value],
    mark: { kind: 'radio', on: conditions.registration === value },
    unfit: live ? null : boardWords.part.notConnected,
    onChoose: () => {
      void store.attempt(store.api.setNetwork({ registration: value }))
    }
  }))
  const bars = csq === 99 ? 0 : Math.ceil(((csq + 1) / 32) * 5)
  return (
    <>
      <Part
        id="antenna"
        name={words.name(csq === 99 ? words.noSignal : words.spokenSignal(csq, dbm(csq)), conditions.registration)}
        words={{
          title: words.title,
          value: csq === 99 ? words.noSignalValue : words.signal(csq, dbm(csq)),
          text: words.about
        }}
        box={[334, 22, 125, 49]}
        acts={acts}
      >
        <rect x="337" y="52" width="20" height="20" rx="1.5" className="gold-dark" />
        <rect x="339" y="54" width="16" height="16" className="recess" />
        <circle cx="347" cy="62" r="7.4" className="gold" />
        <circle cx="347" cy="62" r="4.7" className="epoxy-2" />
        <path d={CABLE} className="cable-under" />
        <path d={CABLE} className="cable-shine" />
        <circle cx="347" cy="62" r="5.6" className="key-frame" />
        <circle cx="347" cy="62" r="2.6" className="can-vent" />
        <rect x="362" y="25" width="74" height="24" rx="2.5" className="epoxy" />
        <path d="M368 43V31h6v12h6v-12h6v12h6v-12h6v12h6v-12h6v12h6v-12h6v12h8" className="aerial" />
        <text className="silk" x="366" y="66">
          {boardWords.silk.antenna}
        </text>
        {Array.from({ length: 5 }, (_, at) => (
          <rect
            key={at}
            x={387 + at * 6}
            y={63.5 - at * 2.4}
            width="4"
            height={3 + at * 2.4}
            className={at < bars ? 'signal-bar lit' : 'signal-bar'}
          />
        ))}
        <text className="silk" x="456" y="66" textAnchor="end">
          {boardWords.silk.csq(csq)}
        </text>
      </Part>
      <SignalSlider />
    </>
  )
}

const CABLE = 'M347 62C347 44 350 37 364 37'

const words = boardWords.antenna
const registrations: readonly NetworkConditions['registration'][] = ['home', 'roaming', 'denied', 'none']
