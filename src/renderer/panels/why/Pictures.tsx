import type { ReactNode } from 'react'
import type { Picture } from '../../../shared/explain/explanation.ts'
import { bytesText, commonName, secondsText } from '../../../shared/explain/words.ts'
import { Icon } from '../../parts/icons.tsx'
import { Mark } from '../timeline/Mark.tsx'
import { Validity } from './Validity.tsx'
import { whyWords } from './words.ts'

type Of<K extends Picture['kind']> = Extract<Picture, { readonly kind: K }>

/** The small drawing of an explanation. `failed`: it shows a failure, not the present state. */
export function PictureOf({ picture, failed }: { readonly picture: Picture; readonly failed: boolean }): ReactNode {
  switch (picture.kind) {
    case 'validity':
      return <Validity {...picture} />
    case 'suites':
      return <Suites {...picture} />
    case 'size':
      return <Size {...picture} failed={failed && picture.gotBytes > picture.limitBytes} />
    case 'timer':
      return <Timer {...picture} failed={failed} />
    case 'chain':
      return <Chain {...picture} />
  }
}

/** The suites of both sides in two columns, with common ones connected. */
function Suites({ offered, server }: Of<'suites'>): ReactNode {
  const common = offered.filter((one) => server?.includes(one))
  const words = whyWords.suites
  return (
    <div className="pic suites" role="group" aria-label={words.group}>
      <ul aria-label={words.module}>
        <li className="dim">{words.moduleHead}</li>
        {offered.map((one) => (
          <li key={one} className={common.includes(one) ? 'both' : ''}>
            <code>{one}</code>
          </li>
        ))}
      </ul>
      <span className={`meet${common.length === 0 ? ' err' : ''}`}>
        {common.length === 0 ? <Mark name="error" /> : <Icon name="check" />}
        {words.common(common.length)}
      </span>
      <ul aria-label={words.server}>
        <li className="dim">{words.serverHead}</li>
        {server === null ? (
          <li className="dim">{words.unknown}</li>
        ) : (
          server.map((one) => (
            <li key={one} className={common.includes(one) ? 'both' : ''}>
              <code>{one}</code>
            </li>
          ))
        )}
      </ul>
    </div>
  )
}

function Size({ label, gotBytes, limitBytes, failed }: Of<'size'> & { readonly failed: boolean }): ReactNode {
  const whole = Math.max(gotBytes, limitBytes)
  return (
    <div
      className="pic gauge"
      role="img"
      aria-label={whyWords.size.label(label, bytesText(gotBytes), bytesText(limitBytes))}
    >
      <span className={`bar${failed ? ' over' : ' live'}`}>
        <i style={{ width: `${(100 * gotBytes) / whole}%` }} />
        {failed && <u style={{ left: `${(100 * limitBytes) / whole}%` }} />}
      </span>
      <span className="ends">
        <span>{label}</span>
        <span>
          <b className={failed ? 'err' : ''}>{gotBytes}</b> {whyWords.size.ofLimit(limitBytes)}
        </span>
      </span>
    </div>
  )
}

function Timer({ name, limitMs, elapsedMs, failed }: Of<'timer'> & { readonly failed: boolean }): ReactNode {
  const over = failed && elapsedMs >= limitMs
  return (
    <div
      className="pic gauge"
      role="img"
      aria-label={whyWords.timer.label(name, secondsText(elapsedMs), secondsText(limitMs))}
    >
      <span className={`bar${over ? ' ran-out' : failed ? '' : ' live'}`}>
        <i style={{ width: `${Math.min(100, limitMs === 0 ? 0 : (100 * elapsedMs) / limitMs)}%` }} />
      </span>
      <span className="ends">
        <span>{name}</span>
        <span>
          <b className={over ? 'err' : ''}>{secondsText(Math.round(elapsedMs / 100) * 100)}</b>{' '}
          {whyWords.timer.ofLimit(secondsText(limitMs))}
        </span>
      </span>
    </div>
  )
}

/** The chain from the server's certificate to the stored root, with a cross at each link that does not hold. */
function Chain({ links, anchor }: Of<'chain'>): ReactNode {
  const words = whyWords.chain
  const joined = links.every((link) => link.ok !== false) && anchor !== null
  return (
    <ol className="pic chain" aria-label={words.label}>
      {links.map((link, at) => (
        <li key={`${at}-${link.subject}`}>
          <span className="cert" title={link.subject}>
            {commonName(link.subject)}
          </span>
          <span className={`by${link.ok === false ? ' err' : ''}`} title={words.issuedBy(link.issuer)}>
            {link.ok === false ? <Mark name="error" /> : link.ok ? <Mark name="done" /> : <Mark name="note" />}{' '}
            {words.by(commonName(link.issuer))}
          </span>
        </li>
      ))}
      <li>
        <span className={`cert anchor${joined ? '' : ' apart'}`} title={anchor ?? undefined}>
          {anchor === null ? words.noAnchor : commonName(anchor)}
        </span>
        {anchor !== null && <span className="by dim">{words.stored}</span>}
      </li>
    </ol>
  )
}
