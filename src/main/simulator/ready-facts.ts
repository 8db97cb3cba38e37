/** The content of the ready line (`--json`). `null` for what is not in use. */
export interface ReadyFacts {
  readonly event: 'ready'
  readonly ports: readonly { readonly instance: number; readonly path: string; readonly link: string }[]
  readonly tcp: number | null
  readonly rfc2217: number | null
  readonly ui: string | null
  readonly control: string | null
  readonly lab: {
    readonly tls: { readonly host: string; readonly port: number } | null
    readonly https: { readonly host: string; readonly port: number } | null
    readonly ftps: { readonly host: string; readonly port: number } | null
    readonly ca: string | null
  }
  readonly product: string
  readonly software: string
}
