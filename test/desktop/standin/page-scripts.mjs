import { readFileSync } from 'node:fs'

/** The world in which Electron runs a preload, by its name there. */
export const isolatedWorld = 'Electron Isolated Context'

/** Runs in the page's own world before any of its scripts. */
export function mainWorldScript() {
  return enclosed(textOf('bridge.js') + textOf('main-world.js'))
}

/** Runs the preload bundle in the isolated world; in the main frame only, as Electron does. */
export function isolatedWorldScript(preloadFile) {
  const preload = readFileSync(preloadFile, 'utf8')
  return enclosed(
    `if (window !== window.top) return\n${textOf('codec.js')}${textOf('bridge.js')}${textOf('isolated-world.js')}` +
      `;(function (require, module, exports) {\n${preload}\n})(requireForPreload, { exports: {} }, {})`
  )
}

/** A module's text as part of a script. */
function textOf(name) {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8').replaceAll(/^export /gm, '')
}

function enclosed(script) {
  return `(() => {\n'use strict'\n${script}\n})()`
}
