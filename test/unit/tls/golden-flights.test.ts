import { describe, expect, it } from 'vitest'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import { goldenSession } from '../../fixtures/tls-golden.ts'
import type { GoldenSession } from '../../fixtures/tls-golden.ts'

// No byte of a handshake changes unnoticed. To update: `npx vitest run test/unit/tls/golden-flights.test.ts -u`.

const text = ({ flights, keyLog }: GoldenSession): string =>
  `${[...flights.map(({ from, bytes }) => `${from === 'client' ? '>' : '<'} ${bytes.toString('hex')}`), keyLog].join('\n')}\n`

describe.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))(
  'the flights of $name',
  ({ suite, name }) => {
    it('in full, with client authentication', async () => {
      await expect(text(goldenSession(suite))).toMatchFileSnapshot(`../../fixtures/golden/${name}.txt`)
    })

    it('of a session taken up again', async () => {
      await expect(text(goldenSession(suite, goldenSession(suite).kept))).toMatchFileSnapshot(
        `../../fixtures/golden/${name}-resumed.txt`
      )
    })
  }
)
