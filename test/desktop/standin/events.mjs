import { EventEmitter } from 'node:events'
import { missing } from './strict.mjs'

/** An emitter of the named events only: a listener for any other would never be called, and nobody would notice. */
export class KnownEvents extends EventEmitter {
  constructor(owner, names) {
    super()
    this.on('newListener', (name) => {
      if (name !== 'newListener' && !names.includes(name)) throw missing(`event "${String(name)}" of ${owner}`)
    })
  }

  /** Emits an event that a listener may prevent; answers whether one did. */
  emitPreventable(name, details = {}) {
    let prevented = false
    this.emit(name, {
      ...details,
      preventDefault: () => {
        prevented = true
      }
    })
    return prevented
  }
}
