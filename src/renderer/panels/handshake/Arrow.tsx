import type { ReactNode } from 'react'

/** The arrow of one message, from lane to lane. */
export function Arrow({ direction }: { readonly direction: 'in' | 'out' | 'both' }): ReactNode {
  return (
    <span className="arr" aria-hidden="true">
      {direction !== 'in' && (
        <svg viewBox="0 0 8 8" className="right">
          <path d="M0 .6 7.5 4 0 7.4z" />
        </svg>
      )}
      {direction !== 'out' && (
        <svg viewBox="0 0 8 8" className="left">
          <path d="M8 .6 .5 4 8 7.4z" />
        </svg>
      )}
    </span>
  )
}
