import { setImmediate as nextTurn } from 'node:timers/promises'

// Loaded into the program before it starts (`node --expose-gc --import probe.mjs out/main/cli.js …`). On request it
// sends its parent, over the IPC channel, what is in use. The program itself is the unchanged build.

const MOST_LOOKS = 12
const LOOKS_ALIKE = 2
/** What a measurement itself may leave. */
const ALIKE_BYTES = 2048
const sharedBytes = countSharedMemory()

process.on('message', (question) => {
  if (question === 'figures') void tell()
})

async function tell() {
  process.send(await figures())
}
// The channel must not keep the program running, and an aborted soak must not leave it behind.
process.channel?.unref()
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))

/**
 * Returns what is in use at rest: collects garbage until two measurements agree. Buffers are released in parallel to
 * the program, and shared memory is reported one turn later: a measurement in between could be wrong by a megabyte.
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
  // The turn of the event loop that was just waited for.
  delete resources.Immediate
  return { levelBytes: level, timelineBytes: sharedBytes(), rssBytes: process.memoryUsage().rss, resources }
}

function heldBytes() {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers - sharedBytes()
}

/**
 * Counts shared memory, where the timeline keeps its events within a budget of 256 MB. Until that is full it may grow,
 * so it is counted separately.
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
