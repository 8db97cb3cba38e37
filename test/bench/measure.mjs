import { stopAll } from './programs.mjs'

/**
 * Runs the parts of the benchmark one after the other. A part that fails does not affect the others. Returns the
 * results by name, and the reasons of missing parts (`failures`, by name).
 */
export async function measureAll(parts, { signal, done = () => {} } = {}) {
  const results = {}
  const failures = {}
  for (const [name, measure] of Object.entries(parts)) {
    if (signal?.aborted) {
      failures[name] = 'the run was interrupted'
      continue
    }
    try {
      results[name] = await untilAborted(measure, signal)
    } catch (error) {
      failures[name] = sentenceOf(error)
    } finally {
      await stopAll()
    }
    done(name)
  }
  return { results, failures }
}

function untilAborted(measure, signal) {
  if (!signal) return measure()
  const aborted = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the run was interrupted')), { once: true })
  })
  return Promise.race([aborted, measure()])
}

function sentenceOf(error) {
  return String(error?.message ?? error)
    .split('\n')[0]
    .replace(/\.$/, '')
}
