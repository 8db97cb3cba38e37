import { register } from 'node:module'
import { killChromium } from './chromium.mjs'

register(new URL('./hooks.mjs', import.meta.url))

// Set by Electron when it gets the path of a program.
process.defaultApp = true

// Nothing may outlive its test, whatever hangs.
const limitMs = Number(process.env.STANDIN_LIMIT_MS ?? 60_000)
setTimeout(() => abandon(`The stand-in was ended after ${limitMs} ms.`), limitMs).unref()
process.on('disconnect', () => abandon('The test that started the stand-in has gone.'))
process.on('exit', killChromium)

function abandon(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(124)
}
