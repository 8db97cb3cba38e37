/** @module The lab panels: settings of the built-in servers, and faults to arm. */

import { useState, type KeyboardEvent, type ReactNode } from 'react'
import type { LabFarEndSnapshot } from '../../../shared/lab/calls.ts'
import { labCertificates, labFarEnd, type LabFarEndId } from '../../../shared/lab/lab.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { Commands } from './Commands.tsx'
import { Settings } from './Settings.tsx'
import { labWords } from './words.ts'
import './lab.css'

/** The built-in servers: their addresses, their settings, and the commands that connect to them. */
export function LabPanel({ store }: { readonly store: Store }): ReactNode {
  const lab = useStore(store, (state) => state.snapshot?.lab)
  const [chosen, setChosen] = useState<LabFarEndId>('tls')
  const farEnd = lab?.farEnds.find(({ id }) => id === chosen)
  return (
    <Panel
      name={labWords.panel.name}
      className="p-lab"
      controls={
        <button
          type="button"
          className="btn sm"
          onClick={() => {
            store.desk.show('faults', true)
          }}
        >
          <Icon name="faults" />
          {labWords.panel.openFaults}
        </button>
      }
    >
      {!lab ? (
        <Empty>{labWords.panel.waiting}</Empty>
      ) : !farEnd ? (
        <Empty>
          {labWords.panel.offBefore}
          <code>{labWords.panel.offOption}</code>
          {labWords.panel.offAfter}
        </Empty>
      ) : (
        <div className="lab">
          <List farEnds={lab.farEnds} chosen={chosen} onChoose={setChosen} />
          <Detail key={farEnd.id} store={store} farEnd={farEnd} caFile={lab.caFile} />
        </div>
      )}
    </Panel>
  )
}

interface ListProps {
  readonly farEnds: readonly LabFarEndSnapshot[]
  readonly chosen: LabFarEndId
  readonly onChoose: (id: LabFarEndId) => void
}

function List({ farEnds, chosen, onChoose }: ListProps): ReactNode {
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = farEnds.findIndex(({ id }) => id === chosen)
    const next = farEnds[(at + step + farEnds.length) % farEnds.length]!
    onChoose(next.id)
    event.currentTarget.querySelector<HTMLElement>(`[data-far-end="${next.id}"]`)?.focus()
  }
  return (
    <div
      className="lab-list"
      role="tablist"
      aria-orientation="vertical"
      aria-label={labWords.servers.name}
      onKeyDown={walk}
    >
      {farEnds.map(({ id, dial, settings, connections }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`far-end-${id}`}
          data-far-end={id}
          aria-selected={id === chosen}
          aria-controls="far-end-detail"
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => {
            onChoose(id)
          }}
        >
          <b>{labFarEnd(id).title}</b>
          <code className="cut">{`${dial.host}:${dial.port}`}</code>
          <span className="cut">
            {settings.certificate === 'good'
              ? ''
              : labWords.servers.certificate(labCertificates.find((one) => one.id === settings.certificate)!.words)}
            {labWords.servers.dialled(connections)}
          </span>
        </button>
      ))}
    </div>
  )
}

interface DetailProps {
  readonly store: Store
  readonly farEnd: LabFarEndSnapshot
  readonly caFile: string | null
}

function Detail({ store, farEnd, caFile }: DetailProps): ReactNode {
  const live = useStore(store, (state) => state.link.kind === 'live')
  const { id, dial, host, port } = farEnd
  const { about } = labFarEnd(id)
  const elsewhere = dial.host !== host || dial.port !== port
  return (
    <div className="lab-detail" role="tabpanel" id="far-end-detail" aria-labelledby={`far-end-${id}`}>
      {/* Above the settings: the Undo message covers the bottom of the window. */}
      <Commands store={store} farEnd={farEnd} />
      <div className="lab-scroll" tabIndex={0} role="group" aria-label={labWords.servers.settings(labFarEnd(id).title)}>
        <dl className="lab-places">
          <dt>{words.about}</dt>
          <dd>
            <span className="cut" title={about}>
              {about}
            </span>
          </dd>
          <dt>{words.address}</dt>
          <dd>
            <code className="cut">{`${dial.host}:${dial.port}`}</code>
            <CopyButton text={`${dial.host}:${dial.port}`} what={words.copyAddress} />
          </dd>
          {elsewhere && (
            <>
              <dt>{words.local}</dt>
              <dd title={words.aboutLocal}>
                <code className="cut">{`${host}:${port}`}</code>
                <CopyButton text={`${host}:${port}`} what={words.copyLocal} />
              </dd>
            </>
          )}
          {caFile !== null && (
            <>
              <dt>{words.ca}</dt>
              <dd>
                <code className="path-of" title={caFile}>
                  <bdi>{caFile}</bdi>
                </code>
                <CopyButton text={caFile} what={words.copyCa} />
              </dd>
            </>
          )}
        </dl>
        <Settings store={store} farEnd={farEnd} live={live} />
      </div>
    </div>
  )
}

const words = labWords.places
