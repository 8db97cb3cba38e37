import type { ReactNode } from 'react'

/** Shows `host:port`. The line may break only before the port. */
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
