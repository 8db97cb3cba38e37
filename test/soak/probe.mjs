import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Loaded into the program before it starts (`node --expose-gc --import probe.mjs out/main/cli.js …`): tells its parent over the IPC
 * channel what it holds, when it is asked. The program itself is the built one, unchanged.
 */
const sharedBytes = countSharedMemory()

process.on('message', async (question) => {
  if (question !== 'figures') return
  process.send(await figures())
})
// The channel must not keep the program alive.
process.channel?.unref()

/** After several collections: the memory of buffers is given back between turns of the loop only. */
async function figures() {
  let level = Infinity
  for (let pass = 0; pass < 4; pass += 1) {
    globalThis.gc()
    await nextTurn()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    level = Math.min(level, heapUsed + arrayBuffers - sharedBytes())
  }
  const resources = {}
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1
  // The turn of the loop that was just waited for.
  delete resources.Immediate
  return { levelBytes: level, timelineBytes: sharedBytes(), rssBytes: process.memoryUsage().rss, resources }
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
