import type { ReactNode } from 'react'
import type { ChainCertificate, FetchedChain } from '../../../shared/calls/nvm.ts'
import { isoDate } from '../../state/sentence/formats.ts'
import { nvmWords } from './nvm-words.ts'
import { Verdict } from './panel-state.tsx'

interface ChainProps {
  readonly chain: FetchedChain
  readonly onStore: (pem: Uint8Array) => Promise<void>
}

/** A server's certificate chain from its own certificate up to the root. A certificate that the server did not send is dashed. */
export function Chain({ chain, onStore }: ChainProps): ReactNode {
  const { certificates, gap, suggested, protocol, leadsTo } = chain
  return (
    <>
      <p className="dim">
        {words.sent(
          chain.source,
          leadsTo,
          certificates.filter(({ origin }) => origin === 'sent').length,
          certificates.length + (gap === null ? 0 : 1),
          protocol === 'TLSv1' ? words.tls.first : words.tls.other(protocol.replace('TLSv', ''))
        )}
      </p>
      <ol className="fetched">
        {certificates.map((one, at) => (
          <Link key={at} certificate={one} isSuggested={at === suggested} onStore={onStore} />
        ))}
        {gap !== null && (
          <li className="gap">
            <Knot />
            <div>
              <p className="who err">{words.rootMissing}</p>
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
            {words.roles[role]}
            {words.origins[origin]}
          </span>
        </p>
        <p className="facts">{words.facts(key, signature, isoDate(notBeforeMs), isoDate(notAfterMs))}</p>
        {isSuggested && <p className="facts mono finger">{words.sha1(sha1Fingerprint)}</p>}
        <p className="facts">
          {cannot !== null ? (
            <Verdict good={false}>{cannot}</Verdict>
          ) : refuses !== null ? (
            <Verdict good={false}>{refuses}</Verdict>
          ) : isSuggested ? (
            <Verdict good>{words.suggested}</Verdict>
          ) : null}
        </p>
      </div>
      <div className="put">
        {form && (
          <>
            <button
              type="button"
              className={`btn ${isSuggested && refuses === null ? 'lead' : 'line'} ${isSuggested ? '' : 'sm'}`}
              aria-label={words.storeOne(subject)}
              onClick={() => void onStore(pem)}
            >
              {words.store}
            </button>
            <span>{words.size(form.storedBytes, form.format)}</span>
          </>
        )}
      </div>
    </li>
  )
}

/** The icon of a certificate: a sheet with a seal. */
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

const words = nvmWords.chain
