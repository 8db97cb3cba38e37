import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** The SIM: the codes that the card asks for, and ready. */
export const simLayout: ChartLayout = {
  width: 342,
  height: 258,
  states: {
    absent: [6, 112, 60, 30],
    pinRequired: [128, 38, 74, 30],
    pukRequired: [128, 184, 74, 30],
    ready: [268, 112, 60, 30],
    blocked: [268, 193, 60, 32]
  },
  edges: {
    'absent READ': {
      line: [
        [66, 127],
        [265, 127]
      ],
      label: { x: 115, y: 122, anchor: 'middle' }
    },
    'absent READ_PIN': {
      line: [
        [47, 112],
        [47, 47],
        [125, 47]
      ],
      label: { x: 95, y: 32, anchor: 'middle', lines: lines.pinAsked }
    },
    'absent READ_PUK': {
      line: [
        [47, 142],
        [47, 193],
        [125, 193]
      ],
      label: { x: 95, y: 178, anchor: 'middle', lines: lines.pukAsked }
    },
    'absent READ_BLOCKED': {
      line: [
        [25, 142],
        [25, 250],
        [298, 250],
        [298, 228]
      ],
      label: { x: 89, y: 244, anchor: 'middle' }
    },
    'pinRequired PIN_RIGHT': {
      line: [
        [202, 47],
        [298, 47],
        [298, 109]
      ],
      label: { x: 248, y: 43, anchor: 'middle' }
    },
    'pinRequired PIN_FAILED': {
      line: [
        [174, 68],
        [174, 181]
      ],
      label: { x: 179, y: 90, anchor: 'start', lines: lines.thirdWrongPin }
    },
    'pinRequired REMOVED': {
      line: [
        [128, 61],
        [57, 61],
        [57, 109]
      ],
      common: true
    },
    'pukRequired PUK_RIGHT': {
      line: [
        [202, 193],
        [244, 193],
        [244, 136],
        [265, 136]
      ],
      label: { x: 241, y: 171, anchor: 'end' }
    },
    'pukRequired PUK_FAILED': {
      line: [
        [202, 207],
        [265, 207]
      ],
      label: { x: 235, y: 219, anchor: 'middle', lines: lines.tenthWrongPuk }
    },
    'pukRequired REMOVED': {
      line: [
        [128, 207],
        [57, 207],
        [57, 145]
      ],
      common: true
    },
    'ready REMOVED': {
      line: [
        [315, 112],
        [315, 16],
        [19, 16],
        [19, 109]
      ],
      common: true,
      label: { x: 88, y: 12, anchor: 'middle' }
    },
    'blocked REMOVED': {
      line: [
        [328, 208],
        [336, 208],
        [336, 16],
        [19, 16],
        [19, 109]
      ],
      common: true
    }
  }
}
