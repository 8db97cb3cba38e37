import { useEffect, useRef, type ReactNode } from 'react'
import { Icon } from '../parts/icons.tsx'

/** Keys of the window, in the order in which one needs them. */
const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['F6'], 'next panel; with Shift the one before (also leaves the terminal)'],
  [['T'], 'type in the terminal'],
  [['Tab'], 'in the terminal: completes the name of a command'],
  [['↑', '↓'], 'in the terminal: earlier lines that begin as this one does'],
  [['↑', '↓', '←', '→'], 'in an opened message: walk its fields, fold them, or walk its bytes'],
  [['/'], 'filter the timeline'],
  [['↑', '↓'], 'in the timeline or the handshake: select; the way to its first cause lights up'],
  [['Space'], 'in the timeline: hold it still, or follow the newest event'],
  [['1', '…', '5'], 'chart of power, network, context, SSL socket, data mode'],
  [['←', '→'], 'on a separator: move it; Enter puts it back'],
  [['?'], 'this sheet']
]

const marks: readonly (readonly [word: string, what: string])[] = [
  ['TX', 'bytes from the host to the module, as the host’s pins are named'],
  ['RX', 'bytes from the module to the host'],
  ['URC', 'unsolicited code of the module'],
  ['STATE', 'a statechart moved'],
  ['TLS, REC', 'a message or a record of the TLS connection'],
  ['CHECK', 'a rule was broken, and which']
]

export function HelpSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby="help-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="sheet-body">
        <header>
          <h2 id="help-title">Keys and marks</h2>
          <button type="button" className="btn sm icon" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <dl>
          {keys.map(([caps, what]) => (
            <div key={what}>
              <dt>
                {caps.map((cap) => (
                  <kbd key={cap}>{cap}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {marks.map(([word, what]) => (
            <div key={word}>
              <dt>
                <b>{word}</b>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p className="dim">Telit SSL Simulator is not affiliated with Telit.</p>
      </div>
    </dialog>
  )
}
