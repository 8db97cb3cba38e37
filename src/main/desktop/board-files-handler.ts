/** A file of the built window, with the same headers that browsers get. */
export interface ServedFile {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Returns the handler of the board's scheme. It serves listed files only, so no path in a request can lead outside.
 * `read` reads a file of the list.
 */
export function boardFilesHandler(
  fileAt: (pathname: string) => ServedFile | null,
  read: (path: string) => Promise<Uint8Array>
) {
  return async (request: { readonly url: string }): Promise<Response> => {
    const url = URL.canParse(request.url) ? new URL(request.url) : null
    const file = url?.host === 'board' ? fileAt(url.pathname) : null
    if (file === null) return new Response('There is no such file.', { status: 404 })
    return new Response(Uint8Array.from(await read(file.path)), { headers: { ...file.headers } })
  }
}
