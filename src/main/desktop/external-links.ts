/** Pages that the Help menu leads to. Nothing else is ever handed to the system's browser but the board of this run. */
export const helpPages = [
  { label: 'TLS 1.0: RFC 2246', url: 'https://www.rfc-editor.org/rfc/rfc2246' },
  { label: 'AES suites for TLS: RFC 3268', url: 'https://www.rfc-editor.org/rfc/rfc3268' },
  { label: 'Securing FTP with TLS: RFC 4217', url: 'https://www.rfc-editor.org/rfc/rfc4217' }
] as const

/**
 * Hands an address to the system's browser when it is on the list: a help page, or `boardUrl`, the address of the board
 * for browsers that this run serves. Answers whether it was. A scheme such as `file:` or `smb:` would start programs.
 */
export async function openListed(
  url: string,
  boardUrl: string | null,
  openExternal: (url: string) => Promise<void>
): Promise<boolean> {
  // Compared as text, whole: nothing is left for two parsers to disagree about.
  if (url !== boardUrl && !helpPages.some((page) => page.url === url)) return false
  await openExternal(url)
  return true
}
