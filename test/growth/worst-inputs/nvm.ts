import { createHash } from 'node:crypto'
import { Nvm } from '../../../src/main/module/hardware/nvm.ts'
import { FileNvmStore, type NvmFiles } from '../../../src/main/state/file-nvm-store.ts'
import { profileOf } from '../../../src/shared/products/catalog.ts'
import { ofBytes, latin1, type PreparedInput, type WorstInputs } from './worst-input.ts'

const fresh = {
  version: 1,
  contexts: [],
  sslConfig: { pktSize: 300, maxTo: 90, defTo: 100, txTo: 50 },
  sslSecurity: { suite: 0, authMode: 0 },
  sslEnabled: false,
  slots: [null, null, null],
  profiles: [null, null],
  startUp: { profile: 0, sections: 'full' },
  selint: 2,
  operatorChoice: { mode: 0, operator: null }
} as const

/** Reads and checks an image like at the module's start. */
function image(text: string): PreparedInput {
  const refuse = (): never => {
    throw new Error('The test writes nothing.')
  }
  const files: NvmFiles = {
    existsSync: (path) => path.endsWith('nvm.json'),
    mkdirSync: () => undefined,
    readFileSync: () => text,
    renameSync: () => {},
    openSync: refuse,
    writeSync: refuse,
    fsyncSync: refuse,
    closeSync: refuse
  }
  return ofBytes(latin1(text), () => {
    const store = new FileNvmStore('/nowhere', 'HE910', { files })
    void new Nvm(store, profileOf('HE910'), { report: () => 0 })
  })
}

/** Adds the checksum, like the simulator. */
function whole(contents: object): PreparedInput {
  const text = JSON.stringify({ ...fresh, ...contents })
  return image(`${text}\nsha256 ${createHash('sha256').update(text).digest('hex')}\n`)
}

export const nvmImages: WorstInputs = {
  parser: 'NVM images',
  inputs: [
    { shape: 'a slot of much data', n: 200_000, make: (n) => whole({ slots: ['AAAA'.repeat(n), null, null] }) },
    {
      shape: 'a slot that is no base64 at its end',
      n: 100_000,
      make: (n) => whole({ slots: [`${'AAAA'.repeat(n)}*`, null, null] })
    },
    { shape: 'a slot of equals signs', n: 200_000, make: (n) => whole({ slots: ['='.repeat(n), null, null] }) },
    {
      shape: 'many contexts',
      n: 5000,
      make: (n) => whole({ contexts: Array.from({ length: n }, () => ({ cid: 9, type: 1 })) })
    },
    {
      shape: 'a profile of many registers',
      n: 10_000,
      make: (n) => whole({ profiles: [Object.fromEntries(Array.from({ length: n }, (_, at) => [`S${at}`, at])), null] })
    },
    { shape: 'lines that are almost the checksum', n: 10_000, make: (n) => image(`{}\n${'sha256 0000\n'.repeat(n)}`) },
    { shape: 'empty lines', n: 100_000, make: (n) => image(`{}${'\n'.repeat(n)}x`) },
    { shape: 'arrays in arrays', n: 100_000, make: (n) => image('['.repeat(n)) },
    { shape: 'arrays in arrays that end', n: 16_000, make: (n) => image(`${'['.repeat(n)}${']'.repeat(n)}`) }
  ]
}
