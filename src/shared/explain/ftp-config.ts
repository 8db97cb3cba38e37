import type { Story } from './story.ts'
import { commandBefore } from './trail.ts'

/** `#FTPCFG` as it was given last, with a value changed: what is left out would go back to 0. */
export function ftpConfig(story: Story, change: { readonly ignorePassive?: 0 | 1; readonly ftps?: 0 | 1 }): string {
  const [timeout = '100', ignorePassive = '0', ftps] = given(story)
  const secured = change.ftps?.toString() ?? ftps
  return `AT#FTPCFG=${timeout},${change.ignorePassive ?? ignorePassive}${secured === undefined ? '' : `,${secured}`}`
}

/** Whether data connections go to the address of the control connection already. */
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
