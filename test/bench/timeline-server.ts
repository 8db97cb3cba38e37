import { join } from 'node:path'
import { fillTimeline, serveTimeline } from '../fixtures/timeline-window.ts'

// Serves a real timeline with many events to the built window. Prints its address, and runs until it is ended.
// Arguments: `out`, number of events.

const [out, events] = process.argv.slice(2)
const window = await serveTimeline({
  boardFolder: join(out!, 'renderer'),
  worker: join(out!, 'main/timeline-search.js')
})
fillTimeline(window.store, Number(events))
process.stdout.write(`${window.url}\n`)
