import type { ChartLayout } from './chart-layout.ts'

/** The charts of a few states, each read from left to right in the order in which things succeed. */
export const powerLayout: ChartLayout = {
  width: 397,
  height: 264,
  states: {
    off: [14, 120, 74, 36],
    booting: [166, 120, 72, 36],
    on: [312, 120, 72, 36]
  },
  edges: {
    'off ON_KEY': { line: [[88, 131], [163, 131]], label: { x: 127, y: 126, anchor: 'middle' } },
    'booting UNPLUG': { line: [[166, 146], [91, 146]], label: { x: 127, y: 158, anchor: 'middle' } },
    'booting SHUT_DOWN': { line: [[188, 120], [188, 92], [68, 92], [68, 117]], label: { x: 128, y: 87, anchor: 'middle' } },
    'booting RESTART': { line: [[188, 156], [188, 180], [216, 180], [216, 159]], label: { x: 202, y: 192, anchor: 'middle' } },
    'booting BOOTED': { line: [[238, 131], [309, 131]], label: { x: 275, y: 115, anchor: 'middle', lines: ['boot time', 'over'] } },
    'on RESTART': { line: [[312, 146], [241, 146]], label: { x: 275, y: 158, anchor: 'middle' } },
    'on SHUT_DOWN': { line: [[348, 120], [348, 64], [48, 64], [48, 117]], label: { x: 198, y: 59, anchor: 'middle' } },
    'on UNPLUG': { line: [[348, 156], [348, 212], [48, 212], [48, 159]], label: { x: 202, y: 224, anchor: 'middle' } }
  }
}

export const pdpLayout: ChartLayout = {
  width: 397,
  height: 286,
  states: {
    inactive: [12, 124, 76, 36],
    activating: [166, 124, 76, 36],
    active: [310, 124, 74, 36]
  },
  edges: {
    'inactive ACTIVATE': { line: [[88, 135], [163, 135]], label: { x: 127, y: 130, anchor: 'middle' } },
    'activating REJECTED': { line: [[166, 150], [91, 150]], label: { x: 127, y: 162, anchor: 'middle' } },
    'activating ACCEPTED': { line: [[242, 142], [307, 142]], label: { x: 276, y: 126, anchor: 'middle', lines: ['address', 'given'] } },
    'activating DROPPED': { line: [[204, 160], [204, 198], [64, 198], [64, 163]], label: { x: 134, y: 193, anchor: 'middle' } },
    'active DEACTIVATE': { line: [[347, 124], [347, 74], [50, 74], [50, 121]], label: { x: 198, y: 69, anchor: 'middle' } },
    'active DROPPED': { line: [[347, 160], [347, 226], [38, 226], [38, 163]], label: { x: 198, y: 221, anchor: 'middle' } }
  }
}

export const registrationLayout: ChartLayout = {
  width: 404,
  height: 284,
  states: {
    idle: [10, 130, 94, 32],
    searching: [152, 130, 74, 32],
    home: [322, 46, 66, 32],
    roaming: [322, 130, 66, 32],
    denied: [322, 216, 66, 32]
  },
  edges: {
    'idle SEARCH': { line: [[104, 140], [149, 140]], label: { x: 128, y: 135, anchor: 'middle' } },
    'searching RADIO_OFF': { line: [[152, 154], [107, 154]], label: { x: 128, y: 166, anchor: 'middle' } },
    'searching FOUND_HOME': { line: [[172, 130], [172, 56], [319, 56]], label: { x: 246, y: 51, anchor: 'middle' } },
    'searching FOUND_ROAMING': { line: [[226, 140], [319, 140]],
      label: { x: 274, y: 124, anchor: 'middle', lines: ['other network', 'found'] } },
    'searching DENIED': { line: [[172, 162], [172, 242], [319, 242]], label: { x: 246, y: 254, anchor: 'middle' } },
    'home COVERAGE_LOST': { line: [[322, 70], [206, 70], [206, 127]], label: { x: 264, y: 82, anchor: 'middle' } },
    'roaming COVERAGE_LOST': { line: [[322, 154], [229, 154]], label: { x: 274, y: 166, anchor: 'middle' } },
    'denied SEARCH': { line: [[322, 226], [206, 226], [206, 165]], label: { x: 264, y: 221, anchor: 'middle' } },
    'home DENIED': { line: [[388, 68], [394, 68], [394, 232], [391, 232]] },
    'roaming DENIED': { line: [[388, 154], [394, 154], [394, 232], [391, 232]], label: { x: 390, y: 192, anchor: 'end' } },
    'home RADIO_OFF': { line: [[355, 46], [355, 20], [56, 20], [56, 127]], label: { x: 109, y: 15, anchor: 'middle' } },
    'roaming RADIO_OFF': { line: [[388, 138], [400, 138], [400, 20], [56, 20], [56, 127]] },
    'denied RADIO_OFF': { line: [[355, 248], [355, 274], [56, 274], [56, 165]], label: { x: 109, y: 269, anchor: 'middle' } }
  }
}

export const simLayout: ChartLayout = {
  width: 404,
  height: 280,
  states: {
    absent: [10, 130, 70, 32],
    pinRequired: [166, 50, 80, 32],
    pukRequired: [166, 206, 80, 32],
    ready: [330, 130, 64, 32],
    blocked: [330, 216, 64, 32]
  },
  edges: {
    'absent READ': { line: [[80, 146], [327, 146]], label: { x: 148, y: 141, anchor: 'middle' } },
    'absent READ_PIN': { line: [[58, 130], [58, 60], [163, 60]], label: { x: 112, y: 55, anchor: 'middle' } },
    'absent READ_PUK': { line: [[58, 162], [58, 216], [163, 216]], label: { x: 117, y: 211, anchor: 'middle' } },
    'absent READ_BLOCKED': { line: [[32, 162], [32, 270], [362, 270], [362, 251]], label: { x: 112, y: 265, anchor: 'middle' } },
    'pinRequired PIN_RIGHT': { line: [[246, 60], [362, 60], [362, 127]], label: { x: 304, y: 55, anchor: 'middle' } },
    'pinRequired PIN_FAILED': { line: [[216, 82], [216, 203]], label: { x: 221, y: 106, anchor: 'start', lines: ['third', 'wrong PIN'] } },
    'pinRequired REMOVED': { line: [[166, 74], [70, 74], [70, 127]], common: true },
    'pukRequired PUK_RIGHT': { line: [[246, 216], [300, 216], [300, 156], [327, 156]], label: { x: 296, y: 192, anchor: 'end' } },
    'pukRequired PUK_FAILED': { line: [[246, 230], [327, 230]],
      label: { x: 288, y: 242, anchor: 'middle', lines: ['tenth wrong', 'PUK'] } },
    'pukRequired REMOVED': { line: [[166, 230], [70, 230], [70, 165]], common: true },
    'ready REMOVED': { line: [[380, 130], [380, 20], [25, 20], [25, 127]], common: true, label: { x: 110, y: 15, anchor: 'middle' } },
    'blocked REMOVED': { line: [[394, 232], [400, 232], [400, 20], [25, 20], [25, 127]], common: true }
  }
}

export const dataLayout: ChartLayout = {
  width: 397,
  height: 262,
  states: {
    deaf: [10, 130, 60, 32],
    command: [128, 130, 76, 32],
    online: [296, 44, 72, 32],
    blocking: [296, 130, 72, 32],
    entry: [296, 216, 72, 32]
  },
  edges: {
    'deaf POWERED': { line: [[70, 140], [125, 140]], label: { x: 99, y: 124, anchor: 'middle', lines: ['module', 'is up'] } },
    'command POWER_LOST': { line: [[128, 154], [73, 154]], common: true },
    'command BLOCK': { line: [[204, 140], [293, 140]], label: { x: 250, y: 124, anchor: 'middle', lines: ['command', 'takes time'] } },
    'command PROMPT': { line: [[150, 162], [150, 236], [293, 236]], label: { x: 222, y: 231, anchor: 'middle' } },
    'command CONNECT': { line: [[150, 130], [150, 49], [293, 49]], label: { x: 222, y: 44, anchor: 'middle' } },
    'blocking RESULT': { line: [[296, 154], [207, 154]], label: { x: 250, y: 166, anchor: 'middle' } },
    'blocking PROMPT': { line: [[318, 162], [318, 213]], label: { x: 313, y: 194, anchor: 'end' } },
    'blocking CONNECT': { line: [[332, 130], [332, 79]], label: { x: 327, y: 108, anchor: 'end' } },
    'blocking POWER_LOST': { line: [[368, 146], [391, 146], [391, 18], [40, 18], [40, 127]], common: true },
    'entry ENTERED': { line: [[346, 216], [346, 165]], label: { x: 351, y: 188, anchor: 'start', lines: ['entry', 'ended'] } },
    'entry POWER_LOST': { line: [[368, 232], [391, 232], [391, 18], [40, 18], [40, 127]], common: true },
    'online ESCAPED': { line: [[296, 65], [176, 65], [176, 127]], label: { x: 236, y: 62, anchor: 'middle' } },
    'online CARRIER_LOST': { line: [[296, 71], [190, 71], [190, 127]], label: { x: 244, y: 84, anchor: 'middle' } },
    'online POWER_LOST': { line: [[350, 44], [350, 18], [40, 18], [40, 127]], common: true, label: { x: 106, y: 13, anchor: 'middle' } }
  }
}
