import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/**
 * The SSL socket: dialling to the right, the handshake downwards, the open connection below, closing up on the left.
 * The layout is tight: in a window of 1024 × 700 its labels must stay ten pixels high.
 */
export const sslLayout: ChartLayout = {
  width: 334,
  height: 255,
  states: {
    disabled: [3, 28, 72, 32],
    closed: [124, 28, 68, 32],
    dialling: [250, 28, 72, 32],
    handshake: [238, 92, 86, 28],
    closing: [6, 92, 66, 28],
    open: [52, 150, 273, 101],
    'open.draining': [58, 190, 52, 30],
    'open.command': [165, 190, 62, 30],
    'open.online': [271, 190, 48, 30]
  },
  edges: {
    'disabled ENABLE': {
      line: [
        [75, 40],
        [121, 40]
      ],
      label: { x: 99.5, y: 24, anchor: 'middle', lines: lines.sslOn }
    },
    'closed DISABLE': {
      line: [
        [124, 52],
        [78, 52]
      ],
      label: { x: 99.5, y: 64, anchor: 'middle', lines: lines.sslOff }
    },
    'closed DIAL': {
      line: [
        [192, 40],
        [247, 40]
      ],
      label: { x: 221, y: 35, anchor: 'middle' }
    },
    'dialling TCP_OPEN': {
      line: [
        [276, 60],
        [276, 89]
      ],
      label: { x: 281, y: 73, anchor: 'start', lines: lines.tcpOpen }
    },
    'dialling FAILED': {
      line: [
        [250, 52],
        [195, 52]
      ]
    },
    'handshake FAILED': {
      line: [
        [238, 106],
        [228, 106],
        [228, 52],
        [195, 52]
      ],
      label: { x: 232, y: 79, anchor: 'start' }
    },
    'handshake FINISHED': {
      line: [
        [250, 120],
        [250, 147]
      ],
      label: { x: 254, y: 132, anchor: 'start', lines: lines.finishedVerified }
    },
    'handshake FINISHED_ONLINE': {
      line: [
        [313, 120],
        [313, 187]
      ],
      label: { x: 309, y: 165, anchor: 'end', lines: lines.online }
    },
    'open BROKEN': {
      line: [
        [154, 150],
        [154, 63]
      ],
      label: { x: 158, y: 100, anchor: 'start', lines: lines.connectionLost }
    },
    'open HANG_UP': {
      line: [
        [52, 205],
        [40, 205],
        [40, 123]
      ],
      label: { x: 44, y: 138, anchor: 'start' }
    },
    'open.command GO_ONLINE': {
      line: [
        [227, 211],
        [268, 211]
      ],
      label: { x: 249, y: 222, anchor: 'middle' }
    },
    'open.online ESCAPE': {
      line: [
        [271, 201],
        [230, 201]
      ],
      label: { x: 249, y: 197, anchor: 'middle' }
    },
    'open.command SEND': {
      line: [
        [186, 220],
        [186, 228],
        [206, 228],
        [206, 223]
      ],
      label: { x: 197, y: 239, anchor: 'middle', lines: lines.sendAndReceive }
    },
    'open.command RECEIVE': {
      line: [
        [186, 220],
        [186, 228],
        [206, 228],
        [206, 223]
      ]
    },
    'open.command FAR_END_CLOSED': {
      line: [
        [165, 198],
        [113, 198]
      ],
      label: { x: 137.5, y: 210, anchor: 'middle', lines: lines.serverCloses }
    },
    'open.command CUT_OFF': {
      line: [
        [165, 198],
        [113, 198]
      ]
    },
    'open.online IDLE': {
      line: [
        [306, 220],
        [306, 245],
        [18, 245],
        [18, 123]
      ],
      label: { x: 302, y: 239, anchor: 'end' }
    },
    'open.online FAR_END_CLOSED': {
      line: [
        [284, 190],
        [284, 174],
        [141, 174],
        [141, 63]
      ],
      label: { x: 211, y: 170, anchor: 'middle' }
    },
    'open.draining RECEIVE': {
      line: [
        [74, 220],
        [74, 228],
        [94, 228],
        [94, 223]
      ],
      label: { x: 84, y: 239, anchor: 'middle' }
    },
    'open.draining GO_ONLINE': {
      line: [
        [104, 220],
        [104, 229.5],
        [267, 229.5],
        [267, 211],
        [268, 211]
      ]
    },
    'open.draining EMPTIED': {
      line: [
        [96, 190],
        [96, 174],
        [141, 174],
        [141, 63]
      ],
      label: { x: 100, y: 183, anchor: 'start' }
    },
    'closing CLOSED': {
      line: [
        [40, 92],
        [40, 82],
        [130, 82],
        [130, 63]
      ],
      label: { x: 82, y: 94, anchor: 'start' }
    },
    'closed POWER_LOST': {
      line: [
        [158, 28],
        [158, 13],
        [38, 13],
        [38, 25]
      ],
      common: true
    },
    'dialling POWER_LOST': {
      line: [
        [286, 28],
        [286, 13],
        [38, 13],
        [38, 25]
      ],
      common: true,
      label: { x: 97, y: 9.5, anchor: 'middle' }
    },
    'handshake POWER_LOST': {
      line: [
        [324, 106],
        [330, 106],
        [330, 13],
        [38, 13],
        [38, 25]
      ],
      common: true
    },
    'open POWER_LOST': {
      line: [
        [325, 162],
        [330, 162],
        [330, 13],
        [38, 13],
        [38, 25]
      ],
      common: true
    },
    'closing POWER_LOST': {
      line: [
        [24, 92],
        [24, 63]
      ],
      common: true
    }
  }
}
