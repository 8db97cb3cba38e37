import type { ReactNode } from 'react'

/** A chip in a dual in-line package, 104 board units wide, with pins above and below. */
export function Chip({ y, height }: { readonly y: number; readonly height: number }): ReactNode {
  const pins = Array.from({ length: 7 }, (_, at) => (358 + at * 14.67).toFixed(1))
  return (
    <>
      <path
        d={pins.flatMap((x) => [`M${x} ${y - 4}h4v5h-4z`, `M${x} ${y + height - 1}h4v5h-4z`]).join('')}
        className="pin"
      />
      <rect x="352.8" y={y + 1.4} width="104" height={height} rx="2" className="drop" />
      <rect x="352" y={y} width="104" height={height} rx="2" className="epoxy" />
      <path d={`M353.5 ${y + 1}H454.5`} className="epoxy-line" />
    </>
  )
}
