import type { ReactNode } from 'react'

/** Icons on a 16 px grid, 1.4 stroke. An icon without a word beside it needs a name on its button. */
export type IconName = keyof typeof shapes

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}

export function Caret(): ReactNode {
  return (
    <svg className="i caret" viewBox="0 0 8 8" aria-hidden="true">
      <path d="M1 2.5 4 5.5 7 2.5" />
    </svg>
  )
}

const shapes = {
  power: <path d="M8 2v5.5M4.6 4.4a5 5 0 1 0 6.8 0" />,
  reset: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.2" />
      <path d="M3.5 10.5h-.3a.9.9 0 0 1-.9-.9V3.2a.9.9 0 0 1 .9-.9h6.4a.9.9 0 0 1 .9.9v.3" />
    </>
  ),
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  theme: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.9" />
      <path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9" />
    </>
  ),
  moon: <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z" />,
  help: <path d="M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.1" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  hold: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  follow: <path d="M8 2.5v8M4.8 7.4 8 10.5l3.2-3.1M3.5 13.5h9" />,
  filter: <path d="M2 3.5h12M4.5 8h7M6.8 12.5h2.4" />,
  down: <path d="M8 3v10M4 9l4 4 4-4" />,
  lock: (
    <>
      <rect x="3.5" y="7.2" width="9" height="6.3" rx="1" fill="currentColor" />
      <path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.8" y="4" width="12.4" height="8" rx="1.3" />
      <path d="M4.5 6.6h.1M7 6.6h.1M9.3 6.6h.1M11.6 6.6h.1M5 9.4h6" />
    </>
  )
} as const
