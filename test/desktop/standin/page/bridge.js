/**
 * One half of the bridge between a page's two worlds, as `contextBridge` builds it: values are copied, functions and promises
 * become proxies. Both halves are this code. What passes is the detail of synchronous events on the document, which Chromium
 * clones from one world into the other.
 */
export function makeBridge(channel, here, there) {
  const functions = new Map()
  const promises = new Map()
  const returned = new Map()
  let lastId = 0

  const tell = (what, detail) => document.dispatchEvent(new CustomEvent(`${channel}:${there}:${what}`, { detail }))
  const listen = (what, heard) =>
    document.addEventListener(`${channel}:${here}:${what}`, (event) => heard(event.detail))
  const messageOf = (error) => String(error?.message ?? error)

  function pack(value) {
    if (typeof value === 'function') {
      lastId += 1
      functions.set(lastId, value)
      return { function: lastId }
    }
    if (value instanceof Promise) {
      lastId += 1
      const id = lastId
      value.then(
        (result) => tell('settled', { id, value: pack(result) }),
        (error) => tell('settled', { id, error: messageOf(error) })
      )
      return { promise: id }
    }
    if (Array.isArray(value)) return { list: value.map(pack) }
    if (Object.prototype.toString.call(value) === '[object Object]') {
      return { fields: Object.entries(value).map(([key, part]) => [key, pack(part)]) }
    }
    return { value: structuredClone(value) }
  }

  function unpack(packed) {
    if ('function' in packed) return (...args) => callThere(packed.function, args)
    if ('promise' in packed) return new Promise((resolve, reject) => promises.set(packed.promise, { resolve, reject }))
    if ('list' in packed) return packed.list.map(unpack)
    if ('fields' in packed) return Object.fromEntries(packed.fields.map(([key, part]) => [key, unpack(part)]))
    return packed.value
  }

  function callThere(id, args) {
    lastId += 1
    const call = lastId
    tell('call', { call, id, args: args.map(pack) })
    const outcome = returned.get(call)
    returned.delete(call)
    if ('error' in outcome) throw new Error(outcome.error)
    return unpack(outcome.value)
  }

  listen('call', ({ call, id, args }) => {
    let outcome
    try {
      outcome = { value: pack(functions.get(id)(...args.map(unpack))) }
    } catch (error) {
      outcome = { error: messageOf(error) }
    }
    tell('returned', { call, ...outcome })
  })
  listen('returned', ({ call, ...outcome }) => returned.set(call, outcome))
  listen('settled', ({ id, ...outcome }) => {
    const promise = promises.get(id)
    promises.delete(id)
    if ('error' in outcome) promise.reject(new Error(outcome.error))
    else promise.resolve(unpack(outcome.value))
  })

  return { pack, unpack, tell, listen }
}
