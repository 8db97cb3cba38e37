import type { ChartLayout } from './chart-layout.ts'
import { moduleWords } from './words.ts'

const { lines } = moduleWords

/** The charts of a few states, each read from left to right in the order in which things succeed. */
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

export const dataLayout: ChartLayout = {
  width: 340,
  height: 262,
  states: {
    deaf: [6, 130, 52, 32],
    command: [108, 130, 68, 32],
    online: [258, 44, 62, 32],
    blocking: [258, 130, 62, 32],
    entry: [258, 216, 62, 32]
  },
  edges: {
    'deaf POWERED': {
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
