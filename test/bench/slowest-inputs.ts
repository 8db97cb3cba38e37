import { startControlServer } from '../../src/main/control/control-server.ts'
import { atLine } from '../growth/worst-inputs/at-line.ts'
import { captures, keyLogs } from '../growth/worst-inputs/captures.ts'
import { httpInputs, webSocketInputs } from '../growth/worst-inputs/control.ts'
import { dnsNames } from '../growth/worst-inputs/dns.ts'
import { recordings } from '../growth/worst-inputs/exports.ts'
import { ftpReplies } from '../growth/worst-inputs/ftp.ts'
import { nvmImages } from '../growth/worst-inputs/nvm.ts'
import { telnet } from '../growth/worst-inputs/telnet.ts'
import { tls } from '../growth/worst-inputs/tls.ts'
import { transcripts, transcriptTexts } from '../growth/worst-inputs/transcripts.ts'
import type { PreparedInput, WorstInputs } from '../growth/worst-inputs/worst-input.ts'
import { certificates, slotFiles } from '../growth/worst-inputs/x509.ts'
import { makeBoardFolder } from '../unit/control/board-fixture.ts'
import { recordingApi } from '../unit/control/recording-api.ts'

/** The slowest input found for one parser. */
export interface SlowestInput {
  readonly parser: string
  readonly shape: string
  /** Bytes per second for the input, in each round. */
  readonly bytesASecond: readonly number[]
  /** Bytes per second for a loop that adds up as many bytes, in the same round. */
  readonly scannedASecond: readonly number[]
}

const all: readonly WorstInputs[] = [
  atLine,
  telnet,
  tls,
  certificates,
  slotFiles,
  ftpReplies,
  dnsNames,
  transcriptTexts,
  transcripts,
  recordings,
  captures,
  keyLogs,
  nvmImages
]

/** Finds the slowest shape for each parser, and measures it in turn with a scan of a buffer. */
export async function slowestInputs(rounds: number, progress: (name: string) => void): Promise<SlowestInput[]> {
  const board = makeBoardFolder()
  const server = await startControlServer({ api: recordingApi(), port: 0, serveBoard: true, boardFolder: board.folder })
  try {
    // Client and server are both in this process, so the processor time is that of both.
    const address = { port: Number(new URL(server.uiUrl!).port), url: server.controlUrl }
    const control = [
      { parser: 'HTTP requests', inputs: httpInputs(address) },
      { parser: 'WebSocket messages', inputs: webSocketInputs(address) }
    ]
    return await slowestOf([...all, ...control], rounds, progress)
  } finally {
    await server.close()
    board.remove()
  }
}

async function slowestOf(
  parsers: readonly WorstInputs[],
  rounds: number,
  progress: (name: string) => void
): Promise<SlowestInput[]> {
  const results: SlowestInput[] = []
  for (const { parser, inputs } of parsers) {
    progress(parser)
    let slowest: { readonly shape: string; readonly input: PreparedInput; readonly rate: number } | null = null
    for (const { shape, n, make } of inputs) {
      const input = make(LARGER * n)
      await input.run()
      const rate = await rateOf(input)
      if (slowest === null || rate < slowest.rate) slowest = { shape, input, rate }
    }
    if (!slowest) continue
    const { shape, input } = slowest
    const scan = scanOf(input.bytes)
    const [bytesASecond, scannedASecond]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      bytesASecond.push(await rateOf(input))
      scannedASecond.push(await rateOf(scan))
    }
    results.push({ parser, shape, bytesASecond, scannedASecond })
  }
  return results
}

/** Returns bytes per second of processor time. */
async function rateOf({ bytes, run }: PreparedInput): Promise<number> {
  const before = process.cpuUsage()
  let times = 0
  for (;;) {
    await run()
    times += 1
    const { user, system } = process.cpuUsage(before)
    if (user + system >= LEAST_US) return (bytes * times * 1e6) / (user + system)
  }
}

/** Returns the minimum work of any parser: looking at every byte once. */
function scanOf(bytes: number): PreparedInput {
  const buffer = Buffer.alloc(bytes, 1)
  return {
    bytes,
    run: () => {
      let sum = 0
      for (const byte of buffer) sum += byte
      if (sum !== bytes) throw new Error('The scan has missed a byte.')
    }
  }
}

const LEAST_US = 20_000
/** Like the larger input of a growth test. */
const LARGER = 8
