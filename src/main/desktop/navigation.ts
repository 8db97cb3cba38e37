import { isBoardUrl } from './board-address.ts'

interface Preventable {
  preventDefault(): void
}

/** The part of Electron's WebContents that is used here. */
export interface ConfinedContents {
  on(
    event: 'will-frame-navigate',
    listener: (event: Preventable & { readonly url: string; readonly isMainFrame: boolean }) => void
  ): unknown
  on(event: 'will-redirect', listener: (event: Preventable) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void
}

/** Confines a page to the board: no other address, no second window, no embedded page, nothing opened outside. */
export function confine(contents: ConfinedContents): void {
  contents.on('will-frame-navigate', (event) => {
    // Reload navigates to the board itself.
    if (!(event.isMainFrame && isBoardUrl(event.url))) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
