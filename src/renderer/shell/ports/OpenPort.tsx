import { useEffect, useState, type ReactNode } from 'react'
import type { PortWanted, UartFound } from '../../../shared/calls/ports.ts'
import { plainUart, type UartFormat } from '../../../shared/hardware/line-rates.ts'
import { FaultLine, readNumber, useForm, type Read } from '../../parts/use-form.tsx'
import { kindWords, portWords } from './words.ts'

interface OpenPortProps {
  readonly instances: readonly number[]
  readonly listUarts: () => Promise<readonly UartFound[]>
  /** Returns whether the port was opened. */
  readonly onOpen: (wanted: PortWanted) => Promise<boolean>
}

type Kind = PortWanted['kind']

const words = portWords.open

/** The form for one more port: its kind, and the settings of that kind. */
export function OpenPort({ instances, listUarts, onOpen }: OpenPortProps): ReactNode {
  const [kind, setKind] = useState<Kind>('rfc2217')
  const [instance, setInstance] = useState(0)
  const [format, setFormat] = useState<UartFormat>(plainUart)
  const [busy, setBusy] = useState(false)
  const uarts = useUarts(kind === 'serial', listUarts)

  const isSerial = kind === 'serial'
  const isTcp = kind === 'tcp' || kind === 'rfc2217'
  const { set, field, props, fault } = useForm({
    begin: { port: '', path: '', baud: '115200' },
    read: {
      port: (text): Read<number> => (isTcp ? readPort(text) : { value: 0 }),
      path: (text): Read<string> => (isSerial && text === '' ? { wants: portWords.wants.uart } : { value: text }),
      baud: (text): Read<number> => (isSerial ? readBaud(text) : { value: 0 })
    },
    onSubmit: ({ port, path, baud }) => {
      if (kind === 'pty') void open({ kind, instance, ...(path === '' ? {} : { link: path }) })
      else if (kind === 'serial') void open({ kind, instance, path, baud, format })
      else void open({ kind, instance, port })
    }
  })
  async function open(wanted: PortWanted): Promise<void> {
    setBusy(true)
    if (await onOpen(wanted)) set({ path: '' })
    setBusy(false)
  }
  return (
    <form className="open-port" aria-label={words.heading} onKeyDown={keepKeys} {...props}>
      <h3>{words.heading}</h3>
      <div className="fields">
        <Choice
          name={words.kind}
          value={kind}
          options={Object.entries(kindWords)}
          onChoose={(value) => setKind(value as Kind)}
        />
        {instances.length > 1 && (
          <Choice
            name={words.instance}
            value={String(instance)}
            options={instances.map((one) => [String(one), portWords.instance(one)])}
            onChoose={(value) => setInstance(Number(value))}
          />
        )}
        {isTcp && (
          <label>
            <span>{words.tcpPort}</span>
            <input type="text" inputMode="numeric" placeholder={words.anyPort} {...field('port')} />
          </label>
        )}
        {kind === 'pty' && (
          <label>
            <span>{words.link}</span>
            <input type="text" placeholder={words.defaultLink} {...field('path')} />
          </label>
        )}
        {isSerial && (
          <>
            <label>
              <span>{words.uart}</span>
              <input type="text" list="uarts-found" placeholder={uarts[0]?.path ?? words.noUart} {...field('path')} />
              <datalist id="uarts-found">
                {uarts.map((uart) => (
                  <option key={uart.path} value={uart.path}>
                    {[uart.about, uart.heldBy && words.heldBy(uart.heldBy)].filter(Boolean).join(', ')}
                  </option>
                ))}
              </datalist>
            </label>
            <label>
              <span>{words.baud}</span>
              <input type="text" inputMode="numeric" {...field('baud')} />
            </label>
            <Choice
              name={words.parity}
              value={format.parity}
              options={Object.entries(words.parities)}
              onChoose={(parity) => setFormat({ ...format, parity: parity as UartFormat['parity'] })}
            />
            <Choice
              name={words.dtrDrives}
              value={format.dtrDrives}
              options={Object.entries(words.lines)}
              onChoose={(line) => setFormat({ ...format, dtrDrives: line as UartFormat['dtrDrives'] })}
            />
            <label className="check">
              <input
                type="checkbox"
                checked={format.rtscts}
                onChange={(event) => setFormat({ ...format, rtscts: event.target.checked })}
              />
              <span>{words.flowControl}</span>
            </label>
          </>
        )}
        <button type="submit" className="btn line" disabled={busy} aria-busy={busy}>
          {busy ? words.opening : words.open}
        </button>
      </div>
      <FaultLine fault={fault} />
    </form>
  )
}

function readPort(text: string): Read<number> {
  if (text.trim() === '') return { value: 0 }
  return readNumber(text, 0, 65_535, portWords.wants.tcpPort)
}

function readBaud(text: string): Read<number> {
  return readNumber(text, 50, 4_000_000, portWords.wants.baud)
}

interface ChoiceProps {
  readonly name: string
  readonly value: string
  readonly options: readonly (readonly [value: string, word: string])[]
  readonly onChoose: (value: string) => void
}

function Choice({ name, value, options, onChoose }: ChoiceProps): ReactNode {
  return (
    <label>
      <span>{name}</span>
      <span className="select sm">
        <select value={value} onChange={(event) => onChoose(event.target.value)}>
          {options.map(([one, word]) => (
            <option key={one} value={one}>
              {word}
            </option>
          ))}
        </select>
      </span>
    </label>
  )
}

/** Returns the UARTs. Fetched again each time the kind UART is chosen, because adapters are plugged and unplugged. */
function useUarts(wanted: boolean, listUarts: () => Promise<readonly UartFound[]>): readonly UartFound[] {
  const [uarts, setUarts] = useState<readonly UartFound[]>([])
  useEffect(() => {
    if (!wanted) return
    let here = true
    // When the list fails, the path can still be typed.
    listUarts().then(
      (found) => here && setUarts(found),
      () => {}
    )
    return () => {
      here = false
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the call is the same one all along
  }, [wanted])
  return uarts
}

/** Keeps typed letters and digits from being the window's own keys. */
function keepKeys(event: { readonly key: string; stopPropagation(): void }): void {
  if (event.key !== 'Escape') event.stopPropagation()
}
