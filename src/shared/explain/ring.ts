import { compared, shown, type Builder } from './story.ts'

/**
 * A SSLSRING that no command of this run asked for (D-1, D-25): its mode was kept in NVM, and a #SSLCFG of six values
 * does not change it.
 */
export const ringKept: Builder = () => ({
  title: 'SSLSRING is still on from an earlier run',
  happened: [
    shown('No #SSLCFG of this run set the seventh value, which turns SSLSRING on or off.'),
    shown(
      'The module stores #SSLCFG at once and keeps it over power-off. With six values, the other settings do not change.'
    )
  ],
  values: [compared('SSLSRING mode set in this run', 'set', 'not set')],
  remedies: ({ ssl: { config } }) => [
    {
      sentence: 'Turn it off.',
      commands: [`AT#SSLCFG=1,1,${config.pktSize},${config.maxToS},${config.defTo100ms},${config.txTo100ms},0`]
    }
  ],
  parts: ['ssl', 'at']
})
