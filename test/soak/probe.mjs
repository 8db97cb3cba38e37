import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Loaded into the program before it starts (`node --expose-gc --import probe.mjs out/main/cli.js …`): tells its parent over the IPC
 * channel what it holds, when it is asked. The program itself is the built one, unchanged.
 */
const MOST_LOOKS = 12
const LOOKS_ALIKE = 2
/** What looking itself leaves. */
const ALIKE_BYTES = 2048
const sharedBytes = countSharedMemory()

process.on('message', (question) => {
  if (question === 'figures') void tell()
})

async function tell() {
  process.send(await figures())
}
// The channel must not keep the program alive; and a soak that was broken off must not leave it behind.
process.channel?.unref()
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))

/**
 * What is held at rest: collected until two looks in a row find the same. Buffers are given back beside the program, and shared memory that is
 * gone is told a turn later still: a look between the two would find a megabyte too little or too much.
 */
async function figures() {
  let level = heldBytes()
  for (let [look, alike] = [0, 0]; look < MOST_LOOKS && alike < LOOKS_ALIKE; look += 1) {
    globalThis.gc()
    await nextTurn()
    await nextTurn()
    const earlier = level
    level = heldBytes()
    alike = Math.abs(level - earlier) <= ALIKE_BYTES ? alike + 1 : 0
  }
  const resources = {}
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1
  // The turn of the loop that was just waited for.
  delete resources.Immediate
  return { levelBytes: level, timelineBytes: sharedBytes(), rssBytes: process.memoryUsage().rss, resources }
}

function heldBytes() {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers - sharedBytes()
}

/**
 * The timeline keeps its events in shared memory, within a budget of 256 MB: until that is full it grows, as it should, and is told
 * apart from all else.
 */
function countSharedMemory() {
  let bytes = 0
  const gone = new FinalizationRegistry((length) => {
    bytes -= length
  })
  const Original = globalThis.SharedArrayBuffer
  globalThis.SharedArrayBuffer = new Proxy(Original, {
    construct(target, [length]) {
      const buffer = new target(length)
      bytes += buffer.byteLength
      gone.register(buffer, buffer.byteLength)
      return buffer
    }
  })
  return () => bytes
}
