/** Pages of the Help menu. Only these and the board of this run are ever opened in the system's browser. */
export const helpPages = [
  { label: 'TLS 1.0: RFC 2246', url: 'https://www.rfc-editor.org/rfc/rfc2246' },
  { label: 'AES suites for TLS: RFC 3268', url: 'https://www.rfc-editor.org/rfc/rfc3268' },
  { label: 'Securing FTP with TLS: RFC 4217', url: 'https://www.rfc-editor.org/rfc/rfc4217' }
] as const

/**
 * Opens an address in the system's browser if it is listed: a help page, or `boardUrl`, the address of the board for
 * browsers. Returns whether it was. Other schemes, such as `file:` or `smb:`, could start programs.
 */
export async function openListed(
  url: string,
  boardUrl: string | null,
  openExternal: (url: string) => Promise<void>
): Promise<boolean> {
  // Compares the whole text: two URL parsers might disagree about parts of it.
  if (url !== boardUrl && !helpPages.some((page) => page.url === url)) return false
  await openExternal(url)
  return true
}
