import { useState, type ReactNode } from 'react'
import { hostForm, type ChainSource } from '../../../shared/calls/nvm.ts'
import { farEndParts } from '../../../shared/lab/far-end-name.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { FaultLine, readNumber, useForm, type Read } from '../../parts/use-form.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { Chain } from './Chain.tsx'
import { nvmWords } from './nvm-words.ts'
import { Bones } from './panel-state.tsx'
import { storeInSlot } from './slot-acts.ts'
import { useChainFetch } from './use-chain-fetch.ts'

/** Chapter 3.3.1 of the guide in one step: fetches a server's chain and stores its root in slot 1. */
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
    <Sheet open name={words.name} className="nvm" onClose={onClose}>
      <p className="say">{words.about}</p>
      <form className="ask" {...props}>
        <label>
          {words.server}
          <input className="field" placeholder={words.example} autoFocus spellCheck={false} {...field('host')} />
        </label>
        <label>
          {words.port}
          <input className="field" inputMode="numeric" {...field('port')} />
        </label>
        <label>
          {words.protocol}
          <span className="select">
            <select
              value={protocol}
              onChange={(event) => {
                const next = event.target.value as ChainSource['protocol']
                setProtocol(next)
                if (next === 'ftps' && texts.port === '443') set({ port: '21' })
              }}
            >
              <option value="tls">{words.protocols.tls}</option>
              <option value="ftps">{words.protocols.ftps}</option>
            </select>
          </span>
        </label>
        <button
          type="submit"
          className={`btn ${fetch.state === 'done' ? 'line' : 'lead'}`}
          disabled={running}
          aria-busy={running}
        >
          {running ? words.getting : words.get}
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
              if (await storeInSlot(store, { dataType: 1, bytes: new Uint8Array(pem), form: 'mended' }, words.stored))
                onClose()
            }}
          />
        )}
      </div>
    </Sheet>
  )
}

const words = nvmWords.server

interface Texts {
  readonly host: string
  readonly port: string
}

/** Splits a pasted `host:port` or URL into host and port. */
function splitAddress({ host, port }: Texts): Texts {
  const found = /^(?:[a-z]+:\/\/)?([^/:\s]+)(?::(\d+))?/i.exec(host.trim())
  return found && hostForm.test(found[1]!) ? { host: found[1]!, port: found[2] ?? port } : { host, port }
}

function readHost(text: string): Read<string> {
  return hostForm.test(text) ? { value: text } : { wants: words.wantsServer }
}

function readPort(text: string): Read<number> {
  return readNumber(text, 1, 65_535, words.wantsPort)
}

/** Returns the server to suggest: that of the last handshake. The port of an FTP data connection cannot be reached later. */
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
