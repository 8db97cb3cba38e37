import { useState, type ReactNode } from 'react'
import { farEndParts } from '../../../shared/lab/far-end-name.ts'
import { hostForm, type ChainSource } from '../../../shared/calls/nvm.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { FaultLine, readNumber, useForm, type Read } from '../../parts/use-form.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { Chain } from './Chain.tsx'
import { Bones } from './panel-state.tsx'
import { storeInSlot } from './slot-acts.ts'
import { useChainFetch } from './use-chain-fetch.ts'

/** Chapter 3.3.1 of the guide in one step: a server is asked for its chain, and its root goes into slot 1. */
export function ChainSheet({ store, onClose }: { readonly store: Store; readonly onClose: () => void }): ReactNode {
  const known = useStore(store, ({ snapshot }) => snapshot?.ssl.farEnd ?? snapshot?.handshake?.farEnd ?? null)
  const [begun] = useState(() => sourceOf(known))
  const [protocol, setProtocol] = useState<ChainSource['protocol']>(begun.protocol)
  const { fetch, ask } = useChainFetch(store)
  const { texts, set, field, props, fault } = useForm({
    begin: { host: begun.host, port: begun.port },
    tidy: splitAddress,
    read: { host: readHost, port: readPort },
    onSubmit: ({ host, port }) => {
      ask({ host, port, protocol })
    }
  })
  const running = fetch.state === 'running'
  return (
    <Sheet open name="CA certificate from a server" className="nvm" onClose={onClose}>
      <p className="say">
        The module needs the root of the server’s chain (guide 3.3.1). This machine asks the server, apart from the
        module, and believes nothing: compare the fingerprint with whoever runs it.
      </p>
      <form className="ask" {...props}>
        <label>
          Server
          <input className="field" placeholder="www.example.com" autoFocus spellCheck={false} {...field('host')} />
        </label>
        <label>
          Port
          <input className="field" inputMode="numeric" {...field('port')} />
        </label>
        <label>
          Speaks
          <span className="select">
            <select
              value={protocol}
              onChange={(event) => {
                const next = event.target.value as ChainSource['protocol']
                setProtocol(next)
                if (next === 'ftps' && texts.port === '443') set({ port: '21' })
              }}
            >
              <option value="tls">TLS</option>
              <option value="ftps">FTP, AUTH TLS</option>
            </select>
          </span>
        </label>
        <button
          type="submit"
          className={`btn ${fetch.state === 'done' ? 'line' : 'lead'}`}
          disabled={running}
          aria-busy={running}
        >
          {running ? 'Asking' : 'Ask it'}
        </button>
      </form>
      <FaultLine fault={fault} />
      <div aria-live="polite">
        {running && <Bones lines={4} />}
        {fault === null && fetch.state === 'failed' && <p className="say err">{fetch.sentence}</p>}
        {fetch.state === 'done' && (
          <Chain
            chain={fetch.chain}
            onStore={async (pem) => {
              if (
                await storeInSlot(
                  store,
                  { dataType: 1, bytes: new Uint8Array(pem), form: 'mended' },
                  'CA certificate from the server stored'
                )
              )
                onClose()
            }}
          />
        )}
      </div>
    </Sheet>
  )
}

interface Texts {
  readonly host: string
  readonly port: string
}

/** A pasted `host:port` or address of a page says both. */
function splitAddress({ host, port }: Texts): Texts {
  const found = /^(?:[a-z]+:\/\/)?([^/:\s]+)(?::(\d+))?/i.exec(host.trim())
  return found && hostForm.test(found[1]!) ? { host: found[1]!, port: found[2] ?? port } : { host, port }
}

function readHost(text: string): Read<string> {
  return hostForm.test(text)
    ? { value: text }
    : { wants: 'A server is a name or an IPv4 address, such as www.example.com.' }
}

function readPort(text: string): Read<number> {
  return readNumber(text, 1, 65_535, 'A port is a number from 1 to 65535.')
}

/** Who is asked to begin with: the far end of the last handshake. A data connection of FTP has a port that nobody can ask later. */
function sourceOf(known: string | null): {
  readonly host: string
  readonly port: string
  readonly protocol: ChainSource['protocol']
} {
  const { address, ftp } = farEndParts(known ?? '')
  const host = address.replace(/:\d+$/, '')
  const port = /:(\d+)$/.exec(address)?.[1]
  if (ftp === null) return { host, port: port ?? '443', protocol: 'tls' }
  return { host, port: (ftp === 'control connection' ? port : undefined) ?? '21', protocol: 'ftps' }
}
