import type { ReactNode } from 'react'
import { Empty, Panel } from '../../parts/Panel.tsx'
import type { SlotSnapshot } from '../../../shared/api.ts'
import { isoDate, parseClockChip } from '../../state/formats.ts'
import { useStore, type Store } from '../../state/store.ts'
import { validityOf, type Validity } from './validity.ts'

const slotNames: Readonly<Record<SlotSnapshot['slot'], string>> = {
  'client-certificate': 'Client cert',
  'ca-certificate': 'CA cert',
  'private-key': 'Private key'
}

/** The three places for security data, each 2047 bytes; a key shows its size and never itself. */
export function NvmPanel({ store }: { readonly store: Store }): ReactNode {
  const slots = useStore(store, (state) => state.snapshot?.slots)
  const format = useStore(store, (state) => state.snapshot?.ssl.certificateFormat ?? null)
  const clockMs = useStore(store, (state) => (state.snapshot ? parseClockChip(state.snapshot.network.clockChip)?.ms : undefined)) ?? null
  return (
    <Panel
      name="NVM slots"
      controls={
        <span
          className="nw dim"
          title={
            format === null
              ? 'This product takes PEM only; AT#SSLSECDATA stores'
              : 'The certificate format of AT#SSLSECCFG, in force until the module restarts; AT#SSLSECDATA stores'
          }
        >
          takes <b className="ink2">{format === 0 ? 'DER' : 'PEM'}</b>
          {format === null && ' only'}
        </span>
      }
    >
      {!slots || slots.length === 0 ? (
        <Empty>No slot is known yet.</Empty>
      ) : (
        <ul className="slots">
          {slots.map((slot) => (
            <Slot key={slot.slot} slot={slot} clockMs={clockMs} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Slot({ slot, clockMs }: { readonly slot: SlotSnapshot; readonly clockMs: number | null }): ReactNode {
  const empty = slot.storedBytes === 0
  const validity = validityOf(slot, clockMs)
  const what = [slot.subject, slot.keyBits === null ? null : `RSA ${slot.keyBits}`].filter(Boolean).join(', ')
  const filled = (slot.storedBytes / slot.capacityBytes) * 100
  return (
    <li
      className={`slot${slot.fault === null ? '' : ' faulty'}`}
      title={[slot.format, slot.subject && `subject ${slot.subject}`, slot.issuer && `issuer ${slot.issuer}`].filter(Boolean).join('; ')}
    >
      <div className="nm">
        <i title={`data type ${slot.dataType} of #SSLSECDATA`}>{slot.dataType}</i>
        <b className={empty ? 'none' : ''}>{slotNames[slot.slot]}</b>
      </div>
      <div className="what">
        {empty ? (
          <span className="dim">
            empty; <code>AT#SSLSECDATA=1,1,{slot.dataType},SIZE</code>
          </span>
        ) : (
          <>
            <span className="who">{what || 'stored'}</span>
            {slot.fault !== null ? (
              <span className="err fault" title={slot.fault}>
                <Format format={slot.format} /> {slot.fault}
              </span>
            ) : validity ? (
              <ValidityLine validity={validity} format={slot.format} />
            ) : (
              <span className="dim">
                <Format format={slot.format} /> {slot.slot === 'private-key' ? 'never shown' : 'dates not read'}
              </span>
            )}
          </>
        )}
      </div>
      <div className="fill-of">
        <div className="cap">
          <span className="mono">{slot.storedBytes}</span>
          <span className="dim mono">{slot.capacityBytes}</span>
        </div>
        <div className="bar" role="img" aria-label={`${slot.storedBytes} of ${slot.capacityBytes} bytes used`}>
          <i style={{ width: `${Math.min(100, filled)}%` }} />
        </div>
      </div>
    </li>
  )
}

/** How the stored bytes are written: PEM, DER, or nothing that could be told. */
function Format({ format }: { readonly format: string | null }): ReactNode {
  return <i className="fmt">{format === null || format === 'unknown' ? '?' : format}</i>
}

function ValidityLine({ validity, format }: { readonly validity: Validity; readonly format: string | null }): ReactNode {
  const { verdict, fromMs, toMs, at } = validity
  const words = {
    valid: `to ${isoDate(toMs)}`,
    expired: `expired ${isoDate(toMs)}`,
    early: `valid from ${isoDate(fromMs)}`,
    unknown: `to ${isoDate(toMs)}`
  }[verdict]
  const bad = verdict === 'expired' || verdict === 'early'
  return (
    <span
      className="till"
      title={`${isoDate(fromMs)} to ${isoDate(toMs)}; the ${at === null ? 'module’s clock is unknown' : 'tick is the module’s clock'}`}
    >
      <span className={bad ? 'err' : 'dim'}>
        <Format format={format} /> {words}
      </span>
      <svg className={`valid${bad ? ' bad' : ''}`} viewBox="0 0 60 8" aria-hidden="true">
        <path className="span" d="M10 4H50" />
        {at !== null && <path className="now-tick" d={`M${10 + at * 40} .5V7.5`} />}
      </svg>
    </span>
  )
}
