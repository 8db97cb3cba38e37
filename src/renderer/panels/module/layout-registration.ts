import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** Registration: searching leads to home, roaming or denied, from the best result to the worst. */
export const registrationLayout: ChartLayout = {
  width: 348,
  height: 266,
  states: {
    idle: [6, 120, 90, 30],
    searching: [144, 120, 66, 30],
    home: [272, 40, 60, 30],
    roaming: [272, 120, 60, 30],
    denied: [272, 204, 60, 30]
  },
  edges: {
    'idle SEARCH': {
      line: [
        [96, 129],
        [141, 129]
      ],
      label: { x: 120, y: 125, anchor: 'middle' }
    },
    'searching RADIO_OFF': {
      line: [
        [144, 143],
        [99, 143]
      ],
      label: { x: 120, y: 154, anchor: 'middle' }
    },
    'searching FOUND_HOME': {
      line: [
        [162, 120],
        [162, 49],
        [269, 49]
      ],
      label: { x: 223, y: 34, anchor: 'middle', lines: lines.homeNetworkFound }
    },
    'searching FOUND_ROAMING': {
      line: [
        [210, 129],
        [269, 129]
      ],
      label: { x: 241, y: 103, anchor: 'middle', lines: lines.otherNetworkFound }
    },
    'searching DENIED': {
      line: [
        [162, 150],
        [162, 228],
        [269, 228]
      ],
      label: { x: 223, y: 240, anchor: 'middle', lines: lines.networkRefuses }
    },
    'home COVERAGE_LOST': {
      line: [
        [272, 63],
        [192, 63],
        [192, 117]
      ],
      label: { x: 235, y: 74, anchor: 'middle', lines: lines.coverageLost }
    },
    'roaming COVERAGE_LOST': {
      line: [
        [272, 143],
        [213, 143]
      ],
      label: { x: 241, y: 154, anchor: 'middle', lines: lines.coverageLost }
    },
    'denied SEARCH': {
      line: [
        [272, 213],
        [192, 213],
        [192, 153]
      ],
      label: { x: 235, y: 209, anchor: 'middle' }
    },
    'home DENIED': {
      line: [
        [332, 61],
        [338, 61],
        [338, 219],
        [335, 219]
      ]
    },
    'roaming DENIED': {
      line: [
        [332, 143],
        [338, 143],
        [338, 219],
        [335, 219]
      ],
      label: { x: 334, y: 180, anchor: 'end' }
    },
    'home RADIO_OFF': {
      line: [
        [302, 40],
        [302, 18],
        [50, 18],
        [50, 117]
      ],
      label: { x: 101, y: 14, anchor: 'middle' }
    },
    'roaming RADIO_OFF': {
      line: [
        [332, 128],
        [344, 128],
        [344, 18],
        [50, 18],
        [50, 117]
      ]
    },
    'denied RADIO_OFF': {
      line: [
        [302, 234],
        [302, 260],
        [50, 260],
        [50, 153]
      ],
      label: { x: 101, y: 255, anchor: 'middle' }
    }
  }
}
