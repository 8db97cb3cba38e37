import { useState, type ReactNode } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import {
  keyBlockOf,
  masterSecret,
  originsOf,
  sourceSecrets,
  type DerivedSecret
} from '../../../shared/tls/key-derivation.ts'
import { AES128_SHA } from '../../../shared/tls/suites.ts'
import type { TlsSecretName } from '../../../shared/tls/trace.ts'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { isResumed } from './steps.ts'
import { useSecrets } from './use-secrets.ts'
import { handshakeWords } from './words.ts'

const words = handshakeWords.secrets

interface KeysViewProps {
  readonly store: Store
  readonly handshake: HandshakeSnapshot
}

/** The derivation of the keys: the values from the handshake, the master secret, and the key block that is cut into keys. */
export function KeysView({ store, handshake }: KeysViewProps): ReactNode {
  const known = useSecrets(store, handshake)
  const [picked, setPicked] = useState<TlsSecretName | null>(null)
  const [pointed, setPointed] = useState<TlsSecretName | null>(null)
  const resumed = isResumed(handshake)
  const sources = sourceSecrets(resumed)
  const master = masterSecret(resumed)
  const { block, pieces } = keyBlockOf(known.suite ?? AES128_SHA)
  const all = [...sources, master, block, ...pieces]
  const shown = pointed ?? picked
  const lit = shown ? originsOf(shown, all) : new Set<TlsSecretName>()
  const secret = all.find((one) => one.name === shown)
  const bytes = shown ? known.bytes.get(shown) : undefined

  const box = (one: DerivedSecret, grow?: number): ReactNode => (
    <SecretBox
      key={one.name}
      secret={one}
      bytes={known.bytes.get(one.name)}
      lit={lit.has(one.name)}
      picked={one.name === picked}
      grow={grow}
      onPick={() => {
        setPicked(one.name === picked ? null : one.name)
      }}
      onPoint={(over) => {
        setPointed(over ? one.name : null)
      }}
    />
  )
  return (
    <div className="hs-secrets">
      <KeyLogNotice store={store} why={known.why} />
      <div className="secrets-map">
        <div className="secrets-row">{sources.map((one) => box(one))}</div>
        <p className={`prf${lit.has(master.name) ? ' lit' : ''}`}>{resumed ? words.kept : words.prf}</p>
        <div className="secrets-row">{box(master)}</div>
        <p className={`prf${lit.has(block.name) ? ' lit' : ''}`}>{words.expansion}</p>
        <div className="secrets-row">{box(block)}</div>
        <p className={`prf cutting${pieces.some((one) => lit.has(one.name)) ? ' lit' : ''}`}>
          {words.cut(known.suite?.shortName ?? words.noSuite)}
        </p>
        <div className="secrets-row pieces">{pieces.map((one) => box(one, one.bytes))}</div>
      </div>
      <p className="gloss" aria-live="polite" tabIndex={0}>
        {secret ? (
          <>
            <b>{secret.name}</b> <span className="dim">{words.bytes(secret.bytes)}</span> {secret.about}
            {bytes && <code className="secret-hex">{hex(bytes)}</code>}
          </>
        ) : (
          words.hint
        )}
      </p>
    </div>
  )
}

interface SecretBoxProps {
  readonly secret: DerivedSecret
  readonly bytes: Uint8Array | undefined
  readonly lit: boolean
  readonly picked: boolean
  readonly grow: number | undefined
  readonly onPick: () => void
  readonly onPoint: (over: boolean) => void
}

function SecretBox({ secret, bytes, lit, picked, grow, onPick, onPoint }: SecretBoxProps): ReactNode {
  const { name, about, open } = secret
  return (
    <button
      type="button"
      className={`secret${lit ? ' lit' : ''}${bytes ? '' : ' unknown'}`}
      style={grow === undefined ? undefined : { flexGrow: grow }}
      aria-pressed={picked}
      title={about}
      onClick={onPick}
      onPointerEnter={() => {
        onPoint(true)
      }}
      onPointerLeave={() => {
        onPoint(false)
      }}
      onFocus={() => {
        onPoint(true)
      }}
      onBlur={() => {
        onPoint(false)
      }}
    >
      <span className="nm">
        {!open && (
          <span className="lock">
            <Icon name="lock" />
          </span>
        )}
        <span className="cut">{grow === undefined ? name : pieceName(name)}</span>
        <span className="dim">{secret.bytes}</span>
      </span>
      <code className="cut">{bytes ? hex(bytes) : words.notKnown}</code>
    </button>
  )
}

/** Shows whether secrets are kept; the button that turns this on comes with a warning. */
function KeyLogNotice({ store, why }: { readonly store: Store; readonly why: string | null }): ReactNode {
  const keyLog = useStore(store, (state) => state.snapshot?.keyLog)
  const [busy, setBusy] = useState(false)
  const notice = handshakeWords.keyLog
  const change = (on: boolean): void => {
    setBusy(true)
    void store
      .act(
        on ? notice.doneOn : notice.doneOff,
        () => store.api.setKeyLog({ on }),
        () => store.api.setKeyLog({ on: !on })
      )
      .finally(() => {
        setBusy(false)
      })
  }
  if (keyLog?.on)
    return (
      <div className="key-log on">
        <p>{why ?? notice.on}</p>
        <button
          type="button"
          className="btn sm line"
          aria-busy={busy}
          onClick={() => {
            change(false)
          }}
        >
          {busy ? notice.turnOff.busy : notice.turnOff.label}
        </button>
      </div>
    )
  return (
    <div className="key-log">
      <p>
        <b>{notice.warning}</b> {notice.off}
      </p>
      <button
        type="button"
        className="btn sm line"
        aria-busy={busy}
        onClick={() => {
          change(true)
        }}
      >
        {busy ? notice.turnOn.busy : notice.turnOn.label}
      </button>
    </div>
  )
}

/** Returns a short name for a narrow piece of the key block. The arrow shows who writes with it. */
function pieceName(name: TlsSecretName): string {
  return `${name.startsWith('client') ? '→' : '←'} ${name.replace(/^\w+ write /, '').replace(' secret', '')}`
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
