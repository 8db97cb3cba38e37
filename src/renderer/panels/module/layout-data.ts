import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** The data mode of an AT instance: command mode in the middle, the states that commands lead to at the right. */
export const dataLayout: ChartLayout = {
  width: 340,
  height: 262,
  states: {
    off: [6, 130, 52, 32],
    command: [108, 130, 68, 32],
    online: [258, 44, 62, 32],
    blocking: [258, 130, 62, 32],
    entry: [258, 216, 62, 32]
  },
  edges: {
    'off POWERED': {
      line: [
        [58, 140],
        [105, 140]
      ],
      label: { x: 83, y: 124, anchor: 'middle', lines: lines.moduleUp }
    },
    'command POWER_LOST': {
      line: [
        [108, 154],
        [61, 154]
      ],
      common: true
    },
    'command BLOCK': {
      line: [
        [176, 140],
        [255, 140]
      ],
      label: { x: 217, y: 124, anchor: 'middle', lines: lines.commandTakesTime }
    },
    'command PROMPT': {
      line: [
        [128, 162],
        [128, 236],
        [255, 236]
      ],
      label: { x: 192, y: 231, anchor: 'middle' }
    },
    'command CONNECT': {
      line: [
        [128, 130],
        [128, 49],
        [255, 49]
      ],
      label: { x: 192, y: 44, anchor: 'middle' }
    },
    'blocking RESULT': {
      line: [
        [258, 154],
        [179, 154]
      ],
      label: { x: 217, y: 166, anchor: 'middle' }
    },
    'blocking PROMPT': {
      line: [
        [277, 162],
        [277, 213]
      ],
      label: { x: 273, y: 194, anchor: 'end' }
    },
    'blocking CONNECT': {
      line: [
        [289, 130],
        [289, 79]
      ],
      label: { x: 285, y: 108, anchor: 'end' }
    },
    'blocking POWER_LOST': {
      line: [
        [320, 146],
        [334, 146],
        [334, 18],
        [32, 18],
        [32, 127]
      ],
      common: true
    },
    'entry ENTERED': {
      line: [
        [291, 216],
        [291, 165]
      ],
      label: { x: 296, y: 188, anchor: 'start', lines: lines.entryEnded }
    },
    'entry POWER_LOST': {
      line: [
        [320, 232],
        [334, 232],
        [334, 18],
        [32, 18],
        [32, 127]
      ],
      common: true
    },
    'online ESCAPED': {
      line: [
        [258, 65],
        [151, 65],
        [151, 127]
      ],
      label: { x: 205, y: 62, anchor: 'middle' }
    },
    'online CARRIER_LOST': {
      line: [
        [258, 71],
        [163, 71],
        [163, 127]
      ],
      label: { x: 212, y: 84, anchor: 'middle' }
    },
    'online POWER_LOST': {
      line: [
        [305, 44],
        [305, 18],
        [32, 18],
        [32, 127]
      ],
      common: true,
      label: { x: 89, y: 13, anchor: 'middle' }
    }
  }
}
