import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLabPki, type LabPki } from '../../../src/main/lab/authority.ts'
import { startFtps, type LabFtps } from '../../../src/main/lab/ftp/server.ts'
import { HostBench } from '../../fixtures/host-bench.ts'

// Files are streamed: 100 MB in each direction in constant memory, and a slow side slows down the other by TCP.

const MEGABYTE = 1024 * 1024
const FILE_BYTES = 100 * MEGABYTE
/** What may be under way in both directions, and what the timeline keeps. A whole file would take twice as much. */
const GROWTH_BYTES = 48 * MEGABYTE
/** Bytes between two measurements of memory. */
const LOOK_BYTES = 4 * MEGABYTE

let pki: LabPki
const cleanUps: (() => unknown)[] = []

beforeAll(async () => {
  pki = await makeLabPki(['127.0.0.1'])
})

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function openBench(port: number, secure: boolean): Promise<HostBench> {
  const bench = await new HostBench().ready()
  cleanUps.push(() => bench.close())
  if (secure) await bench.at('AT#FTPCFG=300,0,1')
  expect(await bench.at(`AT#FTPOPEN="127.0.0.1:${port}","user","x",1`)).toBe('\r\nOK\r\n')
  return bench
}

/** Measures the memory, inside and outside the heap, that a transfer has added at most, in bytes without garbage. */
function memoryWatch(): { passed(bytes: number): void; readonly grownBytes: number } {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const used = (): number => {
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = used()
  let highest = before
  let sinceLook = 0
  return {
    passed: (bytes) => {
      sinceLook += bytes
      if (sinceLook < LOOK_BYTES) return
      sinceLook = 0
      highest = Math.max(highest, used())
    },
    get grownBytes() {
      return highest - before
    }
  }
}

/** Sends silence and +++, and waits for NO CARRIER. The guard time is in real time here. */
async function escape(bench: HostBench): Promise<void> {
  await new Promise((resolve) => bench.module.parts.clock.schedule(1100, () => resolve(null)))
  bench.type('+++')
  await bench.until(/NO CARRIER/)
}

describe('a file of 100 MB', () => {
  it('comes down with TLS in flat memory, every byte of it', async () => {
    const lab: LabFtps = await startFtps(pki.server)
    cleanUps.push(() => lab.close())
    const bench = await openBench(lab.port, true)
    const watch = memoryWatch()
    let got = 0
    let wrong = 0
    let head = ''
    let tail = ''
    expect(await bench.at('AT#FTPREST=0')).toContain('OK')
    bench.type('AT#FTPGET="huge.bin"\r')
    let over = false
    bench.sink = (bytes) => {
      if (head === '') {
        head = Buffer.from(bytes).toString('latin1')
        return true
      }
      if (got === FILE_BYTES) {
        tail = Buffer.from(bytes).toString('latin1')
        over = true
        return true
      }
      if (bytes[0] !== got % 251 || bytes.at(-1) !== (got + bytes.length - 1) % 251) wrong += 1
      got += bytes.length
      watch.passed(bytes.length)
      return true
    }
    await bench.when(() => over)
    expect([head, tail]).toEqual(['\r\nCONNECT\r\n', '\r\nNO CARRIER\r\n'])
    expect({ got, wrong }).toEqual({ got: FILE_BYTES, wrong: 0 })
    expect(watch.grownBytes).toBeLessThan(GROWTH_BYTES)
  }, 120_000)

  it('goes up with TLS in flat memory', async () => {
    const lab = await startFtps(pki.server)
    cleanUps.push(() => lab.close())
    const bench = await openBench(lab.port, true)
    const watch = memoryWatch()
    expect(await bench.at('AT#FTPPUT="null/up.bin"')).toContain('CONNECT')
    const piece = Buffer.alloc(16_384, 'upload ')
    for (let sent = 0; sent < FILE_BYTES; sent += piece.length) {
      await bench.when(() => bench.maySend)
      bench.type(piece)
      watch.passed(piece.length)
    }
    await escape(bench)
    expect(lab.files.discardedBytes).toBe(FILE_BYTES)
    expect(watch.grownBytes).toBeLessThan(GROWTH_BYTES)
  }, 120_000)

  it('goes up in flat memory, no faster than the server takes it', async () => {
    const server = await startSink()
    const bench = await openBench(server.port, false)
    const watch = memoryWatch()
    expect(await bench.at('AT#FTPPUT="up.bin"')).toContain('CONNECT')
    const piece = Buffer.alloc(8192, 'upload ')
    // The server does not read, so the host is held back long before the end of the file.
    let sent = 0
    while (bench.maySend && sent < FILE_BYTES) {
      bench.type(piece)
      sent += piece.length
    }
    expect(sent).toBeLessThan(16 * MEGABYTE)
    server.read()
    while (sent < FILE_BYTES) {
      await bench.when(() => bench.maySend)
      bench.type(piece)
      sent += piece.length
      watch.passed(piece.length)
    }
    await escape(bench)
    expect(server.takenBytes()).toBe(sent)
    expect(watch.grownBytes).toBeLessThan(GROWTH_BYTES)
  }, 120_000)
})

it('a host that does not read stops the server through TCP', async () => {
  const lab = await startFtps(pki.server)
  cleanUps.push(() => lab.close())
  const bench = await openBench(lab.port, true)
  let got = 0
  bench.sink = (bytes) => {
    got += bytes.length
    return false
  }
  bench.type('AT#FTPGET="huge.bin"\r')
  await bench.when(() => got > 0)
  // Nothing more comes once all buffers are full: the count stays the same over many turns of the event loop.
  let same = 0
  let before = 0
  await bench.when(() => {
    same = got === before ? same + 1 : 0
    before = got
    return same > 5000
  })
  expect(got).toBeLessThan(8 * MEGABYTE)
})

/** Starts a plain FTP server for one upload that reads its data connection only when told to. */
async function startSink(): Promise<{ port: number; read(): void; takenBytes(): number }> {
  let taken = 0
  let data: Socket | null = null
  let reading = false
  const passive: Server = createServer({ pauseOnConnect: true }, (socket) => {
    data = socket
    if (reading) socket.resume()
  })
  await new Promise<void>((resolve) => passive.listen(0, '127.0.0.1', resolve))
  const port = (passive.address() as AddressInfo).port
  const control = createServer((socket) => {
    const say = (text: string): unknown => socket.write(`${text}\r\n`)
    say('220 Sink')
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      switch (bytes.toString().split(/[ \r]/)[0]) {
        case 'USER':
          return say('230 In')
        case 'PASV':
          return say(`227 (127,0,0,1,${port >> 8},${port & 255})`)
        case 'STOR':
          return say('150 Go on')
        default:
          return say('200 Fine')
      }
    })
    passive.on('connection', (one) => {
      one.on('end', () => {
        say('226 Taken')
        one.end()
      })
    })
  })
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => {
    control.close()
    passive.close()
    data?.destroy()
  })
  return {
    port: (control.address() as AddressInfo).port,
    read: () => {
      reading = true
      data?.on('data', (bytes) => (taken += bytes.length))
      data?.resume()
    },
    takenBytes: () => taken
  }
}
