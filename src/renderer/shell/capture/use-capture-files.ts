import { useEffect } from 'react'
import { isForWindow } from '../../../shared/api/opened-files.ts'
import { captureAmong, takeCapture } from '../../state/capture-files.ts'
import type { Store } from '../../state/store/store.ts'
import { shellWords } from '../words.ts'

/** Opens captures that are dropped anywhere on the window. */
export function useCaptureFiles(store: Store): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (isForWindow(event)) keep(event)
    }
    const drop = (event: DragEvent): void => {
      if (!isForWindow(event)) return
      const files = captureAmong([...event.dataTransfer!.files], store.get().capture?.kind === 'open')
      if (files) {
        // The desktop program handles the other dropped files.
        if (files.others && store.link === null) event.preventDefault()
        else keep(event)
        void takeCapture(store, files)
      } else if (store.link !== null) {
        // A browser would open the file instead of the board. The desktop program handles more kinds of files.
        keep(event)
        store.say(shellWords.dropHere)
      }
    }
    // In the capture phase, before the dock shows where a panel could be dropped.
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
