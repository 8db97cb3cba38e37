import { serverOf } from './ftp-open.ts'
import { dialledBy } from './last-dial.ts'
import type { Story } from './story.ts'

/** Returns the server's name: `123.124.125.126:443`, or a general word when it is not known. */
export function farEndName(story: Story): string {
  const { command, moment } = story
  return (
    story.fact('far-end')?.name ??
    (isFtp(command) ? serverOf(command?.text) : dialledName(story)) ??
    moment?.ssl.farEnd ??
    'The server'
  )
}

/** Whether an FTP command needed the connection. */
export const isFtp = (command: Story['command']): boolean => command?.name.startsWith('#FTP') === true

function dialledName(story: Story): string | undefined {
  const dial = dialledBy(story)
  return dial ? `${dial.host.replaceAll('"', '')}:${dial.port}` : undefined
}
