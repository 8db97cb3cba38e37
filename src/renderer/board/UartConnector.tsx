import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { writeClipboard } from '../parts/CopyButton.tsx'
import { useStore } from '../state/store/store.ts'
import { Part } from './Part.tsx'
import { uartPinX } from './Traces.tsx'
import { useLit } from './TrafficOf.tsx'
import { UartLamp } from './UartLamp.tsx'
import { useBoard } from './board-context.ts'
import { bareNote, linesOf, shownPort, uartLines } from './uart-lines.ts'
import { boardWords } from './words.ts'

interface UartConnectorProps {
  readonly powered: boolean
}

/** The serial port: a lamp for each line, the pin header, and the host's plug while a host has the port open. */
export function UartConnector({ powered }: UartConnectorProps): ReactNode {
  const traffic = useLit()
  const { store, snapshot, tip, say } = useBoard()
  const port = shownPort(snapshot.ports)
  // The byte counters are read only while the tooltip shows them; otherwise each byte would render the connector.
  const counted = useStore(store, (state) =>
    tip === 'uart' ? state.snapshot?.ports.find(({ id }) => id === port?.id) : undefined
  )
  const lines = linesOf(port)
  const note = bareNote(port)
  const [stop, setStop] = useState(0)
  const row = useRef<SVGGElement>(null)
  const present = port?.clientPresent ?? false
  const step = (event: KeyboardEvent): void => {
    const to = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: uartLines.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = (to + uartLines.length) % uartLines.length
    setStop(next)
    row.current?.querySelectorAll<SVGElement>('.lamp')[next]?.focus()
  }
  const name = port?.name ?? ''
  const client = present ? (port?.client ?? words.unknownHost) : null
  return (
    <>
      <text className="silk" x="186" y="250" textAnchor="end" aria-hidden="true">
        {boardWords.silk.uart}
      </text>
      <text className="silk s" x="180" y="286" textAnchor="middle" aria-hidden="true">
        {boardWords.silk.ground}
      </text>
      <g ref={row} role="group" aria-label={words.lines}>
        {uartLines.map((line, at) => (
          <UartLamp
            key={line.name}
            line={line}
            x={uartPinX[at]!}
            state={line.line === 'txd' ? traffic.tx : line.line === 'rxd' ? traffic.rx : lines[line.line]}
            why={lines.why}
            powered={powered}
            tabStop={at === stop}
            onStep={step}
          />
        ))}
      </g>
      <Part
        id="uart"
        name={words.name(name, client)}
        words={{
          title: words.title,
          value: client === null ? words.closed : words.open(client),
          text: port
            ? words.about(name, counted?.bytesFromHost ?? 0, counted?.bytesToHost ?? 0, lines.why ?? '')
            : words.noPort
        }}
        box={[161, 291, 278, 44]}
        acts={
          port
            ? [
                {
                  label: words.copyPath,
                  hint: words.copyPathHint,
                  onChoose: () => {
                    void writeClipboard(name).then((copied) => {
                      say(copied ? boardWords.part.copied(name) : boardWords.part.copyRefused)
                    })
                  }
                }
              ]
            : []
        }
      >
        <Header />
        {present && <HostPlug wide={note === null} label={port?.client ?? words.plug} />}
        {note !== null && (
          <>
            <text className="silk s" x="345" y="331" textAnchor="middle">
              {note}
            </text>
            <path className="silkline" d="M259 319.5v3.5H431v-3.5" />
          </>
        )}
        {!present && (
          <text className="silk s" x="210" y="331" textAnchor="middle">
            {words.noHost}
          </text>
        )}
      </Part>
    </>
  )
}

const words = boardWords.uart
const headerPinX = [180, ...uartPinX]

function Header(): ReactNode {
  return (
    <>
      <rect x="165" y="296" width="270" height="22" rx="1.5" className="epoxy" />
      <path
        d={headerPinX
          .slice(1)
          .map((x) => `M${x - 15} 296v22`)
          .join('')}
        className="epoxy-line"
      />
      <path d={headerPinX.map((x) => `M${x - 5} 302h10v10h-10z`).join('')} className="gold-dark" />
      <path d={headerPinX.map((x) => `M${x - 4} 303h8v8h-8z`).join('')} className="gold" />
      <path d={headerPinX.map((x) => `M${x - 2} 305h4v4h-4z`).join('')} className="gold-shade" />
    </>
  )
}

/** The host's plug: on ground, TXD and RXD, or on all pins if the port has modem lines. */
function HostPlug({ wide, label }: { readonly wide: boolean; readonly label: string }): ReactNode {
  const pins = wide ? headerPinX : headerPinX.slice(0, 3)
  const wire = (at: number): string => (at === 1 ? 'tx' : at === 2 ? 'rx' : 'plain')
  return (
    <>
      {pins.map((x, at) => (
        <g key={x}>
          <path d={`M${x} 320V460`} className="wire-shadow" />
          <path d={`M${x} 320V460`} className={`wire ${wire(at)}`} />
        </g>
      ))}
      <rect x="166" y="293.5" width={pins.length * 30 - 2} height="31" rx="2" className="plug" />
      {pins.map((x) => (
        <g key={x}>
          <rect x={x - 4} y="298" width="8" height="12" rx="1" className="epoxy-2" />
          <rect x={x - 2} y="299.5" width="4" height="9" className="gold" />
        </g>
      ))}
      <text className="chip s" x={166 + (pins.length * 30 - 2) / 2} y="320.5" textAnchor="middle">
        {label.length > 14 ? words.plug : label}
      </text>
    </>
  )
}
