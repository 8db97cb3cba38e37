import { existsSync } from 'node:fs'
import { KnownEvents } from './events.mjs'
import { tellTest } from './tell-test.mjs'

/** The icons in the tray. */
export const trayIcons = new Set()

export class Tray extends KnownEvents {
  constructor(image) {
    super('Tray', ['click'])
    if (process.env.STANDIN_NO_TRAY) throw new Error('Failed to create the tray icon')
    // Electron takes a path; a missing file would give an invisible icon.
    if (typeof image !== 'string' || !existsSync(image)) throw new Error(`Failed to load image from path '${image}'`)
    this.image = image
    this.toolTip = null
    this.template = null
    trayIcons.add(this)
    tellTest({ event: 'tray', shown: true })
  }

  setToolTip(text) {
    this.toolTip = text
  }

  setContextMenu(menu) {
    this.template = menu.template
  }

  destroy() {
    trayIcons.delete(this)
    tellTest({ event: 'tray', shown: false })
  }
}
