import { useMemo, type ReactNode } from 'react'
import { Part } from './Part.tsx'
import { useBoard } from './board-context.ts'
import { dataMatrix14, pathOf } from './data-matrix.ts'
import { boardWords } from './words.ts'

/** The module's can with family, product, software version and IMEI, the IMEI also as a Data Matrix code. */
export function Can(): ReactNode {
  const { snapshot, profile } = useBoard()
  const { name, family, software, imei } = snapshot.product
  const code = useMemo(() => {
    const modules = dataMatrix14(imei)
    return modules ? pathOf(modules) : null
  }, [imei])
  const lines = nameLines(name)
  const ports = Array.from({ length: profile?.maxInstances ?? 1 }, (_, at) => `AT${at}`).join(' ')
  const radio = profile ? words.radio[profile.radio] : ''
  return (
    <Part
      id="module"
      name={words.name(name, software, imei)}
      words={{
        title: name,
        value: words.software(software),
        text: words.about(family, radio)
      }}
      box={[124, 32, 194, 180]}
    >
      <rect x="124" y="32" width="194" height="180" className="silkline" />
      <path d="M124 44L136 32" className="silkline" />
      <rect x="128" y="36" width="186" height="172" rx="1.5" className="footprint" />
      <path d={pads} className="gold" />
      <rect x="137" y="46.5" width="170" height="156" rx="4" className="drop" />
      <rect x="136" y="44" width="170" height="156" rx="4" className="can" />
      <rect x="137.2" y="45.2" width="167.6" height="153.6" rx="3" className="can-shine" />
      <rect x="141.5" y="49.5" width="159" height="145" rx="2" className="can-press" />
      {[56, 188].map((y) =>
        [269, 275, 281, 287, 293].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.3" className="can-vent" />)
      )}
      <circle cx="149" cy="57" r="2.6" className="etch-ring" />
      {lines.map(({ text, size, y }) => (
        <text key={y} className="etch name" x="148" y={y} fontSize={size}>
          {text}
        </text>
      ))}
      <text className="etch s words" x="149" y="104">
        {words.family(family, radio)}
      </text>
      <path d="M149 112.5H293" className="etch-line" />
      <text className="etch s" x="149" y="129">
        {words.softwareMark}
      </text>
      <text className="etch value" x="183" y="129" fontSize="13">
        {software}
      </text>
      <text className="etch s" x="149" y="146">
        {words.imei}
      </text>
      <text className="etch value" x="183" y="146" fontSize="12">
        {imei}
      </text>
      {code !== null && <path className="etch code" transform="translate(149 155.5) scale(1.95)" d={code} />}
      <text className="etch s" x="184" y="166">
        {ports}
      </text>
      <text className="etch s" x="184" y="179">
        {profile?.hasSsl === false ? words.noSsl : words.ssl}
      </text>
    </Part>
  )
}

const words = boardWords.can

/** Splits a long name into two lines and gives each line the largest font size that fits. */
function nameLines(name: string): readonly { text: string; size: number; y: number }[] {
  const cut = name.length > LONG_NAME ? name.indexOf(' ') : -1
  if (cut < 0) return [{ text: name, size: fitting(name, 25), y: 89 }]
  const [first, second] = [name.slice(0, cut), name.slice(cut + 1)]
  return [
    { text: first, size: fitting(first, 20), y: 78 },
    { text: second, size: fitting(second, 13), y: 92 }
  ]
}

/** Returns the largest font size at which `text` fits: the can has room for 145 board units, a letter is 0.64 em wide. */
const fitting = (text: string, largest: number): number => Math.min(largest, Math.floor(145 / (0.64 * text.length)))
const LONG_NAME = 11

const pads = [
  ...Array.from({ length: 20 }, (_, at) => 136.4 + at * 8.74).flatMap((x) =>
    [36, 204].map((y) => `M${x.toFixed(1)} ${y}h3.2v4h-3.2z`)
  ),
  ...Array.from({ length: 18 }, (_, at) => 44.4 + at * 8.94).flatMap((y) =>
    [128, 310].map((x) => `M${x} ${y.toFixed(1)}h4v3.2h-4z`)
  )
].join('')
