import { isForWindow } from '../shared/api/opened-files.ts'

/**
 * Sends the paths of files that a person drops on the window outside of panels that take them. A page cannot fake this:
 * only files that a person dropped have a path, and `pathOf` (Electron's) returns an empty text for any other File.
 */
export function watchDrops(
  page: Pick<Window, 'addEventListener'>,
  pathOf: (file: File) => string,
  send: (paths: readonly string[]) => void
): void {
  // In the bubble phase, so that files that the page takes itself (captures) do not get here.
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
