import type { ReactNode } from 'react'
import type { MarkName } from '../../../shared/timeline/reading.ts'

/**
 * The mark of a kind of event on an 11 px grid. With its word it shows the kind without colour. `null`: an empty mark
 * of the same size.
 */
export function Mark({ name }: { readonly name: MarkName | null }): ReactNode {
  return (
    <svg className="m" viewBox="0 0 11 11" aria-hidden="true">
      {name && marks[name]}
    </svg>
  )
}

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.4,
  strokeLinecap: 'round',
  strokeLinejoin: 'round'
} as const

const marks: Readonly<Record<MarkName, ReactNode>> = {
  tx: <path d="M1.5 1v9l8-4.5z" fill="currentColor" />,
  rx: <path d="M9.5 1.3v8.4L2.2 5.5z" {...line} />,
  urc: <path d="M5.5 .8v9.4M1.4 3.15l8.2 4.7M1.4 7.85l8.2-4.7" {...line} />,
  state: <path d="M5.5 .8 10.2 5.5 5.5 10.2 .8 5.5z" fill="currentColor" />,
  tcp: (
    <>
      <circle cx="5.5" cy="5.5" r="4.2" {...line} />
      <path d="M1.3 5.5h8.4" {...line} />
    </>
  ),
  out: <path d="M.6 5.5h8.6M6.2 2.3l3.2 3.2-3.2 3.2" {...line} />,
  in: <path d="M10.4 5.5H1.8M4.8 2.3 1.6 5.5l3.2 3.2" {...line} />,
  prompt: <path d="M1.5 2.5 5 5.5 1.5 8.5M5.8 9h4" {...line} />,
  error: (
    <>
      <rect x=".5" y=".5" width="10" height="10" rx="2" fill="currentColor" />
      <path className="cut" d="m3.3 3.3 4.4 4.4M7.7 3.3 3.3 7.7" fill="none" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  timer: (
    <>
      <circle cx="5.5" cy="6" r="4" {...line} />
      <path d="M5.5 3.8V6l1.5 1M4 .8h3" {...line} />
    </>
  ),
  network: <path d="M1.5 9.5v-2M4.2 9.5v-4M6.9 9.5V3.5M9.6 9.5v-8" {...line} />,
  memory: (
    <>
      <rect x="1.5" y="2.5" width="8" height="6" rx="1" {...line} />
      <path d="M3.5 .8v1.4M7.5 .8v1.4M3.5 8.8v1.4M7.5 8.8v1.4" {...line} />
    </>
  ),
  fault: <path d="M6.2.8 2.2 6.3h3L4.6 10.2l4.2-5.6h-3z" fill="currentColor" />,
  port: (
    <>
      <rect x="2.5" y="3.5" width="6" height="4" rx="1" {...line} />
      <path d="M4 3.2V1M7 3.2V1M5.5 7.8v2.4" {...line} />
    </>
  ),
  note: <path d="M5.5 4.8v4M5.5 2.2v.1" {...line} />,
  done: <path d="m1.5 6 2.7 2.7L9.5 2.8" {...line} />
}
