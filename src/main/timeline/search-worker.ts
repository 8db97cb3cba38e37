import { parentPort } from 'node:worker_threads'
import { Chunk } from './chunk.ts'
import { linePattern } from './pattern.ts'
import type { FromWorker, ToWorker } from './search-engine.ts'
import { TextIndex, type Found } from './text-index.ts'

/** The lines of all events. This file is built as a program of its own (`timeline-search.js`). */
let index = new TextIndex()
const words: string[] = []

parentPort!.on('message', (message: ToWorker) => {
  parentPort!.postMessage(handle(message))
})

function handle(message: ToWorker): FromWorker {
  try {
    switch (message.do) {
      case 'begin':
        index = new TextIndex(message.slabs)
        return { done: 'begun' }
      case 'make': {
        for (const word of message.words) words.push(word)
        index.drop(message.firstSeq)
        const chunk = new Chunk(message.slab, message.chunkSeq, message.toSeq)
        const changed = [...index.make(chunk, message.fromSeq, message.toSeq, words)]
        return { done: 'made', changed, kept: index.slabs.map(({ id }) => id) }
      }
      case 'find':
        return { done: 'found', found: drained(index.find(message.query, message.text && linePattern(message.text))) }
    }
  } catch (error) {
    return { done: 'failed', sentence: error instanceof Error ? error.message : String(error) }
  }
}

function drained(search: Generator<void, Found>): Found {
  for (;;) {
    const step = search.next()
    if (step.done) return step.value
  }
}
