import type { ReactNode } from 'react'
import type { ChainCertificate, FetchedChain } from '../../../shared/calls/nvm.ts'
import { isoDate } from '../../state/sentence/formats.ts'
import { Verdict } from './panel-state.tsx'

interface ChainProps {
  readonly chain: FetchedChain
  readonly onStore: (pem: Uint8Array) => Promise<void>
}

/** A server's chain from its own certificate up to the root; what the server did not send is dashed. */
export function Chain({ chain, onStore }: ChainProps): ReactNode {
  const { certificates, gap, suggested, protocol, leadsTo } = chain
  return (
    <>
      <p className="dim">
        {chain.source}
        {leadsTo !== null && ` (leads to ${leadsTo})`} showed{' '}
        {certificates.filter(({ origin }) => origin === 'sent').length} of{' '}
        {certificates.length + (gap === null ? 0 : 1)} certificates, in{' '}
        {protocol === 'TLSv1' ? 'TLS 1.0' : protocol.replace('TLSv', 'TLS ')}
      </p>
      <ol className="fetched">
        {certificates.map((one, at) => (
          <Link key={at} certificate={one} isSuggested={at === suggested} onStore={onStore} />
        ))}
        {gap !== null && (
          <li className="gap">
            <Knot />
            <div>
              <p className="who err">Its root is missing</p>
              <p className="facts">{gap}</p>
            </div>
          </li>
        )}
      </ol>
    </>
  )
}

interface LinkProps {
  readonly certificate: ChainCertificate
  readonly isSuggested: boolean
  readonly onStore: (pem: Uint8Array) => Promise<void>
}

function Link({ certificate, isSuggested, onStore }: LinkProps): ReactNode {
  const {
    subject,
    role,
    origin,
    notBeforeMs,
    notAfterMs,
    key,
    signature,
    sha1Fingerprint,
    form,
    cannot,
    refuses,
    pem
  } = certificate
  return (
    <li className={`${role}${origin === 'sent' ? '' : ' away'}`}>
      <Knot />
      <div>
        <p className="who" title={subject}>
          <span>{subject}</span>
          <span className="role">
            {roles[role]}
            {origins[origin]}
          </span>
        </p>
        <p className="facts">
          {key}, {signature}, {isoDate(notBeforeMs)} to {isoDate(notAfterMs)}
        </p>
        {isSuggested && <p className="facts mono finger">SHA-1 {sha1Fingerprint}</p>}
        <p className="facts">
          {cannot !== null ? (
            <Verdict good={false}>{cannot}</Verdict>
          ) : refuses !== null ? (
            <Verdict good={false}>{refuses}</Verdict>
          ) : isSuggested ? (
            <Verdict good>with it stored, the module verifies this server</Verdict>
          ) : null}
        </p>
      </div>
      <div className="put">
        {form && (
          <>
            <button
              type="button"
              className={`btn ${isSuggested && refuses === null ? 'lead' : 'line'} ${isSuggested ? '' : 'sm'}`}
              aria-label={`Store ${subject}`}
              onClick={() => void onStore(pem)}
            >
              Store
            </button>
            <span>
              {form.storedBytes} B {form.format}
            </span>
          </>
        )}
      </div>
    </li>
  )
}

/** A sheet of paper with a seal. */
function Knot(): ReactNode {
  return (
    <span className="knot">
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <rect x="2" y="3" width="16" height="13" rx="2" />
        <path d="M5 7h7M5 10h4" />
        <circle cx="14" cy="12" r="2" />
      </svg>
    </span>
  )
}

const roles: Readonly<Record<ChainCertificate['role'], string>> = {
  server: 'server',
  intermediate: 'authority',
  root: 'root'
}
const origins: Readonly<Record<ChainCertificate['origin'], string>> = {
  sent: '',
  lab: ', not sent: it is the lab’s',
  stored: ', not sent: it is in slot 1',
  'known roots': ', not sent: this machine knows it'
}
