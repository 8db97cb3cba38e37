/** @module The sheet that opens and closes ports. */

import { useEffect, useState, type ReactNode } from 'react'
import type { PortSnapshot, Snapshot } from '../../../shared/calls/snapshot.ts'
import { SLOWEST_BAUD, type Pace } from '../../../shared/hardware/line-rates.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { Doctor } from './Doctor.tsx'
import { OpenPort } from './OpenPort.tsx'
import { kindWords, portState, portWords } from './words.ts'
import './ports.css'

/** The ports of each AT instance: what is open, its client, refused clients, lost bytes, and the speed. */
export function PortSheet({ store }: { readonly store: Store }): ReactNode {
  const open = useStore(store, (state) => state.sheet === 'ports')
  const snapshot = useStore(store, (state) => state.snapshot)
  return (
    <Sheet
      open={open}
      name={portWords.name}
      className="ports"
      onClose={() => {
        store.openSheet(null)
      }}
    >
      {open && snapshot && <Ports store={store} snapshot={snapshot} />}
    </Sheet>
  )
}

function Ports({ store, snapshot }: { readonly store: Store; readonly snapshot: Snapshot }): ReactNode {
  const [refusal, setRefusal] = useState<string | null>(null)
  /** Runs one call. A refusal stays on the sheet until the next act. */
  const attempt = async (call: Promise<unknown>): Promise<boolean> => {
    setRefusal(null)
    try {
      await call
      return true
    } catch (error) {
      setRefusal((error as Error).message)
      return false
    }
  }
  // An instance stays in the list after its last port is closed.
  const [instances, setInstances] = useState<readonly number[]>([0])
  useEffect(() => {
    setInstances((known) =>
      [...new Set([...known, ...snapshot.ports.map((port) => port.instance)])].toSorted((a, b) => a - b)
    )
  }, [snapshot.ports])
  return (
    <>
      <p className="dim">{portWords.about}</p>
      {refusal !== null && (
        <p role="alert" className="refusal">
          {refusal}
        </p>
      )}
      {instances.map((instance) => (
        <section key={instance} aria-label={portWords.instance(instance)}>
          <header className="port-head">
            <h3>{portWords.instance(instance)}</h3>
            <PaceChoice
              pace={snapshot.ports.find((port) => port.instance === instance)?.pace ?? 'off'}
              onChoose={(pace) => void attempt(store.api.setPace({ instance, pace }))}
            />
          </header>
          <ul>
            {snapshot.ports
              .filter((port) => port.instance === instance)
              .map((port) => (
                <Port key={port.id} port={port} onClose={() => void attempt(store.api.closePort({ id: port.id }))} />
              ))}
          </ul>
        </section>
      ))}
      <OpenPort
        instances={instances}
        listUarts={() => store.api.listUarts()}
        onOpen={(wanted) => attempt(store.api.openPort(wanted))}
      />
      <Doctor examine={() => store.api.examinePorts()} />
    </>
  )
}

function Port({ port, onClose }: { readonly port: PortSnapshot; readonly onClose: () => void }): ReactNode {
  return (
    <li>
      <span className="kind">{kindWords[port.kind]}</span>
      <code className="path-of" title={port.name}>
        <bdi>{port.name}</bdi>
      </code>
      <span className={port.trouble === null ? 'about' : 'about refusal'}>{portState(port)}</span>
      <button type="button" className="btn sm" aria-label={portWords.closePort(port.name)} onClick={onClose}>
        {portWords.close}
      </button>
    </li>
  )
}

/** Common rates. The command line accepts any other. */
const rates = [300, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600]

function PaceChoice({ pace, onChoose }: { readonly pace: Pace; readonly onChoose: (pace: Pace) => void }): ReactNode {
  const other = typeof pace === 'number' && !rates.includes(pace) ? [pace] : []
  return (
    <label>
      <span>{portWords.pace.label}</span>
      <span className="select sm">
        <select
          value={String(pace)}
          onChange={(event) => {
            const { value } = event.target
            onChoose(Number(value) >= SLOWEST_BAUD ? Number(value) : (value as 'follow' | 'off'))
          }}
        >
          <option value="off">{portWords.pace.off}</option>
          <option value="follow">{portWords.pace.follow}</option>
          {[...other, ...rates].map((rate) => (
            <option key={rate} value={String(rate)}>
              {portWords.pace.baud(rate)}
            </option>
          ))}
        </select>
      </span>
    </label>
  )
}
