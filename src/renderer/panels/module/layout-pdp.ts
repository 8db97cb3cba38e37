import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** A PDP context: inactive, activating and active, from left to right. */
export const pdpLayout: ChartLayout = {
  width: 336,
  height: 248,
  states: {
    inactive: [10, 100, 64, 36],
    activating: [130, 100, 76, 36],
    active: [264, 100, 62, 36]
  },
  edges: {
    'inactive ACTIVATE': {
      line: [
        [74, 111],
        [127, 111]
      ],
      label: { x: 102, y: 95, anchor: 'middle', lines: lines.setContext }
    },
    'activating REJECTED': {
      line: [
        [130, 126],
        [77, 126]
      ],
      label: { x: 102, y: 138, anchor: 'middle' }
    },
    'activating ACCEPTED': {
      line: [
        [206, 118],
        [261, 118]
      ],
      label: { x: 235, y: 102, anchor: 'middle', lines: lines.addressGiven }
    },
    'activating DROPPED': {
      line: [
        [168, 136],
        [168, 174],
        [54, 174],
        [54, 139]
      ],
      label: { x: 107, y: 169, anchor: 'middle' }
    },
    'active DEACTIVATE': {
      line: [
        [295, 100],
        [295, 50],
        [42, 50],
        [42, 97]
      ],
      label: { x: 162, y: 45, anchor: 'middle' }
    },
    'active DROPPED': {
      line: [
        [295, 136],
        [295, 202],
        [32, 202],
        [32, 139]
      ],
      label: { x: 162, y: 197, anchor: 'middle' }
    }
  }
}
