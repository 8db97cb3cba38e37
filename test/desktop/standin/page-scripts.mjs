import { readFileSync } from 'node:fs'

/** The name of the isolated world in which Electron runs a preload. */
export const isolatedWorld = 'Electron Isolated Context'

/** Returns the script that runs in the page's own world before any of its scripts. */
export function mainWorldScript() {
  return enclosed(textOf('bridge.js') + textOf('main-world.js'))
}

/** Returns the script that runs the preload bundle in the isolated world, in the main frame only, like Electron. */
export function isolatedWorldScript(preloadFile) {
  const preload = readFileSync(preloadFile, 'utf8')
  return enclosed(
    `if (window !== window.top) return\n${textOf('codec.js')}${textOf('bridge.js')}${textOf('isolated-world.js')}` +
      `;(function (require, module, exports) {\n${preload}\n})(requireForPreload, { exports: {} }, {})`
  )
}

/** Returns the text of a module as part of a script. */
function textOf(name) {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8').replaceAll(/^export /gm, '')
}

function enclosed(script) {
  return `(() => {\n'use strict'\n${script}\n})()`
}
