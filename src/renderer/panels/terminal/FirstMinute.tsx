import type { ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import type { QuietPort } from '../../state/terminal/quiet-ports.ts'
import { terminalWords } from './words.ts'

const words = terminalWords.first

/** While nobody is connected and nothing was typed: where the port is, and that one may type here. */
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
