import { useEffect } from 'react'
import { isForWindow } from '../../../shared/api/opened-files.ts'
import { captureAmong, takeCapture } from '../../state/capture-files.ts'
import type { Store } from '../../state/store/store.ts'
import { shellWords } from '../words.ts'

/** Captures that are dropped anywhere on the window. */
export function useCaptureFiles(store: Store): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (isForWindow(event)) keep(event)
    }
    const drop = (event: DragEvent): void => {
      if (!isForWindow(event)) return
      const files = captureAmong([...event.dataTransfer!.files], store.get().capture?.kind === 'open')
      if (files) {
        // What else was dropped with it goes on to the desktop program.
        if (files.others && store.link === null) event.preventDefault()
        else keep(event)
        void takeCapture(store, files)
      } else if (store.link !== null) {
        // A browser would leave the board for the file. The desktop program knows more kinds and takes it from here.
        keep(event)
        store.say(shellWords.dropHere)
      }
    }
    // On the way down: the dock would draw where a panel could be put.
    document.addEventListener('dragover', over, true)
    document.addEventListener('drop', drop, true)
    return () => {
      document.removeEventListener('dragover', over, true)
      document.removeEventListener('drop', drop, true)
    }
  }, [store])
}

function keep(event: DragEvent): void {
  event.preventDefault()
  event.stopPropagation()
}
