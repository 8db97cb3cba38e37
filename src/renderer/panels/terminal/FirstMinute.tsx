import type { ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import type { QuietPort } from '../../state/terminal/quiet-ports.ts'
import { terminalWords } from './words.ts'

const words = terminalWords.first

/** A hint while no host is connected and nothing was typed: how to open the port, and that one can type here. */
export function FirstMinute({ port, onHere }: { readonly port: QuietPort; readonly onHere: () => void }): ReactNode {
  return (
    <div className="first">
      <p>
        {words.nobody} <code title={port.name}>{port.name}</code>
        <CopyButton text={port.name} what={words.portPath} />
      </p>
      <button type="button" className="btn line sm" onClick={onHere}>
        {words.typeHere}
      </button>
    </div>
  )
}
