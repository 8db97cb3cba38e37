/** A file of the built window, and the headers that browsers get as well. */
export interface ServedFile {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Answers the board's own scheme: the files of the list and nothing else, so that no path a page invents leads anywhere.
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
