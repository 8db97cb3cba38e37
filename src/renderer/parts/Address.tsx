import type { ReactNode } from 'react'

/** `host:port`, which breaks before the port and nowhere else where it does not fit. */
export function Address({ of }: { readonly of: string }): ReactNode {
  const at = of.lastIndexOf(':')
  return at < 0 ? (
    of
  ) : (
    <>
      {of.slice(0, at)}
      <wbr />
      {of.slice(at)}
    </>
  )
}
