/** Makes an object throw for missing properties: the stand-in has only what the shell uses. */
export function strict(name, object) {
  return new Proxy(object, {
    get(target, key) {
      // Every await reads `then`.
      if (typeof key === 'string' && key !== 'then' && !(key in target)) throw missing(`${name}.${key}`)
      return Reflect.get(target, key)
    }
  })
}

export function missing(what) {
  return new Error(`The Electron stand-in has no ${what}.`)
}

/** Throws when `given` has a key that is not in `known`. */
export function onlyKnown(what, given, known) {
  for (const key of Object.keys(given)) if (!known.includes(key)) throw missing(`${what} "${key}"`)
}
