import { isForWindow } from '../shared/api/opened-files.ts'

/**
 * Files that a person drops on the window where no panel takes them: their paths go to `send`. A page cannot pretend this:
 * only what the person's own hand dropped has a path, and `pathOf` (Electron's) answers an empty text for any other File.
 */
export function watchDrops(
  page: Pick<Window, 'addEventListener'>,
  pathOf: (file: File) => string,
  send: (paths: readonly string[]) => void
): void {
  // Last of all: what the page has taken for itself (a capture) does not come so far.
  page.addEventListener('dragover', (event) => {
    if (isUntaken(event)) event.preventDefault()
  })
  page.addEventListener('drop', (event) => {
    if (!isUntaken(event)) return
    event.preventDefault()
    const paths = [...event.dataTransfer!.files].map(pathOf).filter((path) => path !== '')
    if (paths.length > 0) send(paths)
  })
}

function isUntaken(event: DragEvent): boolean {
  return event.isTrusted && isForWindow(event)
}
