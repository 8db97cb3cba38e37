import type { ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import type { PortSnapshot } from '../../../shared/api.ts'
import { openCommands } from './commands.ts'

/** While nobody is connected: where the port is, what opens it, and the way to try it at once. */
export function FirstMinute({ port, onHere }: { readonly port: PortSnapshot; readonly onHere: () => void }): ReactNode {
  return (
    <div className="first">
      <p>Nothing is connected yet. Open the port from another terminal, or type here.</p>
      <dl>
        <dt>Port</dt>
        <dd>
          <code title={port.name}>{port.name}</code>
          <CopyButton text={port.name} what="the port's path" />
        </dd>
        {openCommands(port).map(({ program, line }) => (
          <div key={program}>
            <dt>{program}</dt>
            <dd>
              <code title={line}>{line}</code>
              <CopyButton text={line} what={`the ${program} command`} />
            </dd>
          </div>
        ))}
      </dl>
      <button type="button" className="btn solid" onClick={onHere}>
        Type here
      </button>
    </div>
  )
}
