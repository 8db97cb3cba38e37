import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** Power: off, booting and on, from left to right. */
export const powerLayout: ChartLayout = {
  width: 336,
  height: 236,
  states: {
    off: [10, 106, 60, 36],
    booting: [124, 106, 66, 36],
    on: [262, 106, 62, 36]
  },
  edges: {
    'off ON_KEY': {
      line: [
        [70, 117],
        [121, 117]
      ],
      label: { x: 97, y: 112, anchor: 'middle' }
    },
    'booting UNPLUG': {
      line: [
        [124, 132],
        [73, 132]
      ],
      label: { x: 97, y: 144, anchor: 'middle', lines: lines.powerLost }
    },
    'booting SHUT_DOWN': {
      line: [
        [144, 106],
        [144, 78],
        [54, 78],
        [54, 103]
      ],
      label: { x: 98, y: 73, anchor: 'middle' }
    },
    'booting RESTART': {
      line: [
        [144, 142],
        [144, 166],
        [170, 166],
        [170, 145]
      ],
      label: { x: 157, y: 178, anchor: 'middle' }
    },
    'booting BOOTED': {
      line: [
        [190, 117],
        [259, 117]
      ],
      label: { x: 226, y: 101, anchor: 'middle', lines: lines.bootTimeOver }
    },
    'on RESTART': {
      line: [
        [262, 132],
        [193, 132]
      ],
      label: { x: 226, y: 144, anchor: 'middle' }
    },
    'on SHUT_DOWN': {
      line: [
        [293, 106],
        [293, 50],
        [38, 50],
        [38, 103]
      ],
      label: { x: 153, y: 45, anchor: 'middle' }
    },
    'on UNPLUG': {
      line: [
        [293, 142],
        [293, 198],
        [38, 198],
        [38, 145]
      ],
      label: { x: 157, y: 210, anchor: 'middle' }
    }
  }
}
