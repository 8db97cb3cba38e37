import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** The FTP session: connecting and TLS to the right, login downwards, the open session below, closing up on the left. */
export const ftpLayout: ChartLayout = {
  width: 340,
  height: 264,
  states: {
    idle: [10, 24, 52, 30],
    connecting: [124, 24, 72, 30],
    securing: [264, 24, 64, 30],
    login: [264, 88, 64, 28],
    closing: [10, 88, 56, 28],
    ready: [124, 114, 72, 28],
    transfer: [78, 174, 250, 86],
    'transfer.online': [100, 200, 60, 28],
    'transfer.command': [226, 200, 70, 28]
  },
  edges: {
    'idle OPEN': {
      line: [
        [62, 34],
        [121, 34]
      ],
      label: { x: 93, y: 29, anchor: 'middle' }
    },
    'connecting SECURE': {
      line: [
        [196, 34],
        [261, 34]
      ],
      label: { x: 230, y: 30, anchor: 'middle', lines: lines.ftpsOn }
    },
    'connecting GREETED': {
      line: [
        [180, 54],
        [180, 102],
        [261, 102]
      ],
      label: { x: 184, y: 87, anchor: 'start', lines: lines.serverGreets }
    },
    'connecting FAILED': {
      line: [
        [124, 45],
        [65, 45]
      ],
      label: { x: 93, y: 57, anchor: 'middle' }
    },
    'securing SECURED': {
      line: [
        [318, 54],
        [318, 85]
      ],
      label: { x: 314, y: 66, anchor: 'end', lines: lines.tlsOpen }
    },
    'securing FAILED': {
      line: [
        [270, 54],
        [270, 66],
        [40, 66],
        [40, 57]
      ]
    },
    'login FAILED': {
      line: [
        [270, 88],
        [270, 66],
        [40, 66],
        [40, 57]
      ],
      label: { x: 230, y: 62, anchor: 'middle' }
    },
    'login LOGGED_IN': {
      line: [
        [300, 116],
        [300, 132],
        [199, 132]
      ],
      label: { x: 232, y: 128, anchor: 'middle' }
    },
    'ready COMMAND': {
      line: [
        [134, 114],
        [134, 103],
        [158, 103],
        [158, 111]
      ],
      label: { x: 142, y: 99, anchor: 'middle' }
    },
    'ready RECEIVE': {
      line: [
        [134, 114],
        [134, 103],
        [158, 103],
        [158, 111]
      ]
    },
    'ready TRANSFER_ONLINE': {
      line: [
        [140, 142],
        [140, 197]
      ],
      label: { x: 136, y: 168, anchor: 'end', lines: lines.download }
    },
    'ready TRANSFER_COMMAND': {
      line: [
        [182, 142],
        [182, 160],
        [276, 160],
        [276, 197]
      ],
      label: { x: 232, y: 156, anchor: 'middle', lines: lines.downloadInCommandMode }
    },
    'ready CLOSE': {
      line: [
        [124, 122],
        [94, 122],
        [94, 102],
        [69, 102]
      ],
      label: { x: 88, y: 134, anchor: 'middle' }
    },
    'ready LOST': {
      line: [
        [124, 138],
        [3, 138],
        [3, 44],
        [7, 44]
      ],
      label: { x: 70, y: 150, anchor: 'middle' }
    },
    'transfer ENDED': {
      line: [
        [166, 174],
        [166, 145]
      ],
      label: { x: 186, y: 171, anchor: 'start' }
    },
    'transfer CLOSE': {
      line: [
        [78, 190],
        [16, 190],
        [16, 119]
      ],
      label: { x: 47, y: 186, anchor: 'middle' }
    },
    'transfer LOST': {
      line: [
        [78, 230],
        [3, 230],
        [3, 44],
        [7, 44]
      ]
    },
    'transfer.command RECEIVE': {
      line: [
        [240, 228],
        [240, 236],
        [276, 236],
        [276, 231]
      ],
      label: { x: 258, y: 247, anchor: 'middle', lines: lines.readAndAppend }
    },
    'transfer.command APPEND': {
      line: [
        [240, 228],
        [240, 236],
        [276, 236],
        [276, 231]
      ]
    },
    'closing CLOSED': {
      line: [
        [30, 88],
        [30, 57]
      ],
      label: { x: 34, y: 80, anchor: 'start' }
    },
    'connecting POWER_LOST': {
      line: [
        [160, 24],
        [160, 13],
        [36, 13],
        [36, 21]
      ],
      common: true
    },
    'securing POWER_LOST': {
      line: [
        [296, 24],
        [296, 13],
        [36, 13],
        [36, 21]
      ],
      common: true,
      label: { x: 96, y: 9.5, anchor: 'middle' }
    },
    'login POWER_LOST': {
      line: [
        [328, 102],
        [335, 102],
        [335, 13],
        [36, 13],
        [36, 21]
      ],
      common: true
    },
    'ready POWER_LOST': {
      line: [
        [196, 138],
        [335, 138],
        [335, 13],
        [36, 13],
        [36, 21]
      ],
      common: true
    },
    'transfer POWER_LOST': {
      line: [
        [328, 186],
        [335, 186],
        [335, 13],
        [36, 13],
        [36, 21]
      ],
      common: true
    },
    'closing POWER_LOST': {
      line: [
        [10, 95],
        [6, 95],
        [6, 34],
        [7, 34]
      ],
      common: true
    }
  }
}
