import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from './icons.tsx'
import { partWords } from './words.ts'

interface SheetProps {
  readonly open: boolean
  readonly name: string
  readonly className?: string
  /** Without a heading of its own: for a sheet that begins with a field. */
  readonly bare?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A sheet over the window. Esc, a click beside it and its button close it; the focus goes back where it was. It is the document's and
 * not its panel's: the dock takes panels to another place with the window's width, and a dialog that is moved is modal no more. */
export function Sheet({ open, name, className, bare, onClose, children }: SheetProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the next key arrives: what is typed right after Ctrl-K is the palette's, and never the module's.
  useLayoutEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return createPortal(
    <dialog
      ref={dialog}
      className={`sheet ${className ?? ''}`}
      aria-label={name}
      onCancel={(event) => {
        // What the window knows changes first and the dialog follows, so that a key pressed right after Esc finds it closed.
        event.preventDefault()
        onClose()
      }}
      onClose={() => {
        // The event comes a while after the closing: a sheet opened again in between stays.
        if (open && !dialog.current?.open) onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {bare ? (
        open && children
      ) : (
        <div className="sheet-body">
          <header>
            <h2>{name}</h2>
            <button type="button" className="btn sm icon" aria-label={partWords.sheet.close} onClick={onClose}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>,
    document.body
  )
}
