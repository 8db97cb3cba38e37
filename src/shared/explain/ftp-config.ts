import type { Story } from './story.ts'
import { commandBefore } from './trail.ts'

/** Returns `#FTPCFG` with its present values and one changed, because omitted values would become 0. */
export function ftpConfig(story: Story, change: { readonly ignorePassive?: 0 | 1; readonly ftps?: 0 | 1 }): string {
  const [timeout = '100', ignorePassive = '0', ftps] = given(story)
  const secured = change.ftps?.toString() ?? ftps
  return `AT#FTPCFG=${timeout},${change.ignorePassive ?? ignorePassive}${secured === undefined ? '' : `,${secured}`}`
}

/** Returns whether data connections already use the address of the control connection. */
export function ignoresPassive(story: Story): boolean {
  return given(story)[1] === '1'
}

function given({ source, seq }: Story): string[] {
  const last = commandBefore(source, seq, ['#FTPCFG'])
  return last?.what.kind === 'command' && last.what.text.includes('=') && !last.what.text.endsWith('?')
    ? last.what.text
        .replace(/^[^=]*=/, '')
        .split(',')
        .map((one) => one.trim())
    : []
}
