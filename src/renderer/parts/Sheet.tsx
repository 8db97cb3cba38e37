import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from './icons.tsx'
import { partWords } from './words.ts'

interface SheetProps {
  readonly open: boolean
  readonly name: string
  readonly className?: string
  /** Without a heading, for a sheet that begins with a field. */
  readonly bare?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A sheet over the window. Esc, a click beside it and its button close it; the focus returns to where it was. It is
 * attached to the document and not to its panel: the dock moves panels when the window's width changes, and a moved
 * dialog is no longer modal.
 */
export function Sheet({ open, name, className, bare, onClose, children }: SheetProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the next key event, so that keys typed right after Ctrl-K go to the palette and never to the module.
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
        // The window's state changes first and the dialog follows, so that it is closed for a key pressed right after
        // Esc.
        event.preventDefault()
        onClose()
      }}
      onClose={() => {
        // The event comes some time after the closing. A sheet that was opened again in between stays open.
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
