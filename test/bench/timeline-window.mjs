import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { startWithLine } from './programs.mjs'
import { quantile } from './statistics.mjs'

export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

export function openBrowser() {
  // On a signal, playwright would end this process before the results are written.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: chromiumArgs,
    ...signals
  })
}

/**
 * Measures a window with very many events: frames while scrolling, and copying a tenth of the rows. Times in
 * milliseconds.
 */
export async function timelineWindow({ root, folder, events, progress }) {
  const program = join(folder, 'timeline-server.mjs')
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['ws', 'node-forge'] },
    build: {
      ssr: join(import.meta.dirname, 'timeline-server.ts'),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { external: ['ws', 'node-forge'], output: { format: 'es', entryFileNames: 'timeline-server.mjs' } }
    }
  })
  execFileSync('ln', ['-sfn', join(root, 'node_modules'), join(folder, 'node_modules')])
  const server = await startWithLine(process.execPath, [program, join(root, 'out'), String(events)])
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(server.line)
    await page.locator('.ev-row .k').first().waitFor()
    const list = page.locator('.tl')
    // Wait for the first drawing of everything else.
    await page.waitForLoadState('networkidle')
    progress('frames')
    const still = await frames(page, async () => {})
    await list.hover()
    const wheel = await frames(page, async () => {
      for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, turn % 20 === 19 ? 2000 : -300)
    })
    // From the newest event to the oldest, as if dragging the scroll bar.
    const bar = await frames(page, () =>
      page.evaluate(async () => {
        const element = document.querySelector('.tl')
        const steps = 240
        for (let step = steps; step >= 0; step--) {
          element.scrollTop = ((element.scrollHeight - element.clientHeight) * step) / steps
          await new Promise(requestAnimationFrame)
        }
      })
    )
    progress('copy')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        window.copiedText = text
      }
    })
    await list.focus()
    await page.keyboard.press('Home')
    await page.waitForFunction(() => document.querySelector('.ev-row.sel')?.ariaPosInSet === '1')
    // A row a tenth further on: a range of some 100 000.
    await list.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 10
    })
    await page.waitForFunction(
      () => Number(document.querySelector('.ev-row:not(.ghost-row)')?.dataset.row ?? 0) > 50_000
    )
    const last = page.locator('.ev-row:not(.ghost-row)').nth(15)
    await last.click({ modifiers: ['Shift'] })
    const startMs = performance.now()
    await page.keyboard.press('Control+c')
    await page.waitForFunction(() => window.copiedText !== undefined, null, { timeout: 120_000 })
    const copyMs = performance.now() - startMs
    const copied = await page.evaluate(() => ({
      lines: window.copiedText.split('\n').length - 1,
      characters: window.copiedText.length
    }))
    const heap = await page.evaluate(() => performance.memory.usedJSHeapSize)
    return { still, wheel, bar, copyMs, copied, heap }
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Returns the times between frames while `work` runs. */
export async function frames(page, work) {
  await page.evaluate(() => {
    window.frameMs = []
    let last = performance.now()
    const look = (now) => {
      window.frameMs.push(now - last)
      last = now
      window.frameHandle = requestAnimationFrame(look)
    }
    window.frameHandle = requestAnimationFrame(look)
  })
  await work()
  // At least half a second, for enough frames.
  await page.waitForFunction(() => window.frameMs.length > 30)
  const all = await page.evaluate(() => {
    cancelAnimationFrame(window.frameHandle)
    return window.frameMs.slice(1)
  })
  return {
    frames: all.length,
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    longest: Math.max(...all),
    over50: all.filter((ms) => ms > 50).length
  }
}
