/** `--route HOST:PORT=HOST:PORT`: an address that is reached elsewhere (D-30). */
export interface Route {
  readonly from: Endpoint
  readonly to: Endpoint
}

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** Reads a route; null when the text is none. */
export function parseRoute(text: string): Route | null {
  const parts = text.split('=')
  if (parts.length !== 2) return null
  const [from, to] = [parseEndpoint(parts[0]!), parseEndpoint(parts[1]!)]
  return from && to ? { from, to } : null
}

function parseEndpoint(text: string): Endpoint | null {
  const match = /^([A-Za-z0-9.-]+):(\d{1,5})$/.exec(text)
  const port = Number(match?.[2])
  return match && port >= 1 && port <= 65_535 ? { host: match[1]!.toLowerCase(), port } : null
}
