import { EventEmitter } from 'node:events'
import { missing } from './strict.mjs'

/** An emitter of known events only: a listener for any other event would never be called. */
export class KnownEvents extends EventEmitter {
  constructor(owner, names) {
    super()
    this.on('newListener', (name) => {
      if (name !== 'newListener' && !names.includes(name)) throw missing(`event "${String(name)}" of ${owner}`)
    })
  }

  /** Emits an event that listeners can prevent. Returns whether one did. */
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
