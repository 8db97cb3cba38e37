import { useMemo, type ReactNode } from 'react'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { legalCommands } from '../../../shared/commands/asks.ts'
import { commandsOf } from '../../../shared/commands/index.ts'
import { profileOf } from '../../../shared/products/catalog.ts'
import { movesFrom } from '../../../shared/statecharts/ask.ts'
import type { ChartDeclaration } from '../../../shared/statecharts/chart.ts'
import { eventLabel, isFailure, stateLabel } from './chart-facts.ts'
import { moduleWords } from './words.ts'

interface AboutStateProps {
  readonly chart: ChartDeclaration
  readonly state: string
  /** Whether the module is in this state now. */
  readonly present: boolean
  readonly product: Snapshot['product']
  readonly onClose: () => void
}

/** The card of a clicked state: what it means, what may happen next, and which commands are allowed in it. */
export function AboutState({ chart, state, present, product, onClose }: AboutStateProps): ReactNode {
  const about = chart.states[state]
  const moves = movesFrom(chart, state)
  const commands = useMemo(
    () => commandsOf(profileOf(product.name, product.software)),
    [product.name, product.software]
  )
  const { asked, standing } = legalCommands(chart, state, commands)
  return (
    <dl className="last-card about" aria-label={words.name(stateLabel(chart, state))}>
      <dt>{words.state}</dt>
      <dd>
        <b>{stateLabel(chart, state)}</b>
        {present && <span className="dim">{words.present}</span>}
        {about?.ssls !== undefined && <span className="dim">{words.ssls(about.ssls)}</span>}{' '}
        <button type="button" className="link" onClick={onClose}>
          {words.back}
        </button>
      </dd>
      <dt>{words.meaning}</dt>
      <dd className="wrap">{about?.about}</dd>
      <dt>{words.next}</dt>
      <dd className="wrap">
        <ul className="moves">
          {moves.map(({ event, to }) => (
            <li key={event} className={isFailure(event) ? 'err' : ''}>
              {eventLabel(chart, event)}
              <span className="dim">{words.to(stateLabel(chart, to))}</span>
            </li>
          ))}
        </ul>
        {moves.length === 0 && <span className="dim">{words.noNext}</span>}
      </dd>
      <dt>{words.commands}</dt>
      <dd className="wrap">
        {asked.length === 0 && standing.length === 0 && <span className="dim">{words.noCommands}</span>}
        {asked.map((one) => (
          <span key={one} className="typed">
            {one}
          </span>
        ))}
        {standing.length > 0 && (
          <span className="dim">
            {words.standing}
            <span className="mono">{standing.join(' ')}</span>
          </span>
        )}
      </dd>
    </dl>
  )
}

const words = moduleWords.state
