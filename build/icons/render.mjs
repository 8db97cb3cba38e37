#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { icnsOf, icoOf } from './containers.mjs'

/**
 * Makes the icons of the packages from icon.svg: `node build/icons/render.mjs`. Needs Debian's Chromium. The results
 * are committed.
 */
const here = import.meta.dirname
/** Sizes for Linux desktops, .ico and .icns. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu']
})
const pngs = new Map()
try {
  const page = await browser.newPage()
  const svg = readFileSync(join(here, 'icon.svg'), 'utf8')
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`
    )
    pngs.set(size, await page.screenshot({ omitBackground: true }))
  }
} finally {
  await browser.close()
}
for (const [size, png] of pngs) writeFileSync(join(here, `${size}x${size}.png`), png)
writeFileSync(join(here, 'icon.ico'), icoOf(pngs))
writeFileSync(join(here, 'icon.icns'), icnsOf(pngs))
