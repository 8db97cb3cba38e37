/** The page's side: waits for the isolated world to name the channel, then defines what is exposed, frozen as in Electron. */
document.addEventListener(
  'electron-standin',
  ({ detail: channel }) => {
    const bridge = makeBridge(channel, 'page', 'preload')
    bridge.listen('expose', ({ name, api }) => {
      Object.defineProperty(window, name, {
        value: deepFrozen(bridge.unpack(api)),
        enumerable: true,
        writable: false,
        configurable: false
      })
    })
  },
  { once: true }
)

function deepFrozen(value) {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(deepFrozen)
  return Object.freeze(value)
}
