import type { ChartLayout } from './layout.ts'

/** The charts of a few states, each read from left to right in the order in which things succeed. */
export const powerLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    off: [24, 130, 92, 36],
    booting: [186, 130, 92, 36],
    on: [348, 130, 92, 36]
  },
  edges: {
    'off ON_KEY': { line: [[116, 141], [183, 141]], label: { x: 150, y: 136, anchor: 'middle' } },
    'booting UNPLUG': { line: [[186, 156], [119, 156]], label: { x: 152, y: 169, anchor: 'middle' } },
    'booting SHUT_DOWN': { line: [[210, 130], [210, 100], [94, 100], [94, 127]], label: { x: 152, y: 95, anchor: 'middle' } },
    'booting RESTART': { line: [[214, 166], [214, 190], [250, 190], [250, 169]], label: { x: 232, y: 203, anchor: 'middle' } },
    'booting BOOTED': { line: [[278, 141], [345, 141]], label: { x: 312, y: 125, anchor: 'middle', lines: ['boot time', 'over'] } },
    'on RESTART': { line: [[348, 156], [281, 156]], label: { x: 314, y: 169, anchor: 'middle' } },
    'on SHUT_DOWN': { line: [[394, 130], [394, 74], [70, 74], [70, 127]], label: { x: 232, y: 69, anchor: 'middle' } },
    'on UNPLUG': { line: [[394, 166], [394, 222], [70, 222], [70, 169]], label: { x: 232, y: 217, anchor: 'middle' } }
  }
}

export const pdpLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    inactive: [20, 130, 92, 36],
    activating: [186, 130, 92, 36],
    active: [352, 130, 92, 36]
  },
  edges: {
    'inactive ACTIVATE': { line: [[112, 141], [183, 141]], label: { x: 149, y: 136, anchor: 'middle' } },
    'activating REJECTED': { line: [[186, 156], [115, 156]], label: { x: 150, y: 169, anchor: 'middle' } },
    'activating ACCEPTED': { line: [[278, 148], [349, 148]], label: { x: 315, y: 132, anchor: 'middle', lines: ['address', 'given'] } },
    'activating DROPPED': { line: [[232, 166], [232, 206], [82, 206], [82, 169]], label: { x: 157, y: 201, anchor: 'middle' } },
    'active DEACTIVATE': { line: [[398, 130], [398, 80], [66, 80], [66, 127]], label: { x: 232, y: 75, anchor: 'middle' } },
    'active DROPPED': { line: [[398, 166], [398, 236], [50, 236], [50, 169]], label: { x: 232, y: 231, anchor: 'middle' } }
  }
}

export const registrationLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    idle: [14, 136, 106, 34],
    searching: [180, 136, 84, 34],
    home: [362, 46, 84, 34],
    roaming: [362, 136, 84, 34],
    denied: [362, 226, 84, 34]
  },
  edges: {
    'idle SEARCH': { line: [[120, 146], [177, 146]], label: { x: 149, y: 141, anchor: 'middle' } },
    'searching RADIO_OFF': { line: [[180, 160], [123, 160]], label: { x: 150, y: 173, anchor: 'middle' } },
    'searching FOUND_HOME': { line: [[204, 136], [204, 56], [359, 56]], label: { x: 286, y: 51, anchor: 'middle' } },
    'searching FOUND_ROAMING': { line: [[264, 146], [359, 146]],
      label: { x: 311, y: 130, anchor: 'middle', lines: ['other network', 'found'] } },
    'searching DENIED': { line: [[204, 170], [204, 250], [359, 250]], label: { x: 286, y: 263, anchor: 'middle' } },
    'home COVERAGE_LOST': { line: [[362, 70], [240, 70], [240, 133]], label: { x: 302, y: 83, anchor: 'middle' } },
    'roaming COVERAGE_LOST': { line: [[362, 160], [267, 160]], label: { x: 314, y: 173, anchor: 'middle' } },
    'denied SEARCH': { line: [[362, 236], [240, 236], [240, 173]], label: { x: 302, y: 231, anchor: 'middle' } },
    'home DENIED': { line: [[446, 70], [451, 70], [451, 243], [449, 243]] },
    'roaming DENIED': { line: [[446, 165], [451, 165], [451, 243], [449, 243]], label: { x: 446, y: 200, anchor: 'end' } },
    'home RADIO_OFF': { line: [[404, 46], [404, 24], [67, 24], [67, 133]], label: { x: 130, y: 19, anchor: 'middle' } },
    'roaming RADIO_OFF': { line: [[446, 153], [456, 153], [456, 24], [67, 24], [67, 133]] },
    'denied RADIO_OFF': { line: [[404, 260], [404, 284], [67, 284], [67, 173]], label: { x: 130, y: 279, anchor: 'middle' } }
  }
}

export const simLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    absent: [14, 136, 84, 34],
    pinRequired: [190, 56, 92, 34],
    pukRequired: [190, 216, 92, 34],
    ready: [362, 136, 84, 34],
    blocked: [362, 226, 84, 34]
  },
  edges: {
    'absent READ': { line: [[98, 153], [359, 153]], label: { x: 230, y: 148, anchor: 'middle' } },
    'absent READ_PIN': { line: [[70, 136], [70, 66], [187, 66]], label: { x: 128, y: 61, anchor: 'middle' } },
    'absent READ_PUK': { line: [[70, 170], [70, 226], [187, 226]], label: { x: 128, y: 221, anchor: 'middle' } },
    'absent READ_BLOCKED': { line: [[40, 170], [40, 282], [424, 282], [424, 263]], label: { x: 128, y: 277, anchor: 'middle' } },
    'pinRequired PIN_RIGHT': { line: [[282, 66], [394, 66], [394, 133]], label: { x: 334, y: 61, anchor: 'middle' } },
    'pinRequired PIN_FAILED': { line: [[250, 90], [250, 213]], label: { x: 255, y: 114, anchor: 'start', lines: ['third', 'wrong PIN'] } },
    'pinRequired REMOVED': { line: [[190, 80], [84, 80], [84, 133]], common: true },
    'pukRequired PUK_RIGHT': { line: [[282, 226], [340, 226], [340, 163], [359, 163]], label: { x: 335, y: 198, anchor: 'end' } },
    'pukRequired PUK_FAILED': { line: [[282, 244], [359, 244]], label: { x: 320, y: 257, anchor: 'middle', lines: ['tenth wrong', 'PUK'] } },
    'pukRequired REMOVED': { line: [[190, 240], [84, 240], [84, 173]], common: true },
    'ready REMOVED': { line: [[424, 136], [424, 24], [30, 24], [30, 133]], common: true, label: { x: 130, y: 19, anchor: 'middle' } },
    'blocked REMOVED': { line: [[446, 243], [456, 243], [456, 24], [30, 24], [30, 133]], common: true }
  }
}

export const dataLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    deaf: [14, 136, 80, 34],
    command: [178, 136, 84, 34],
    online: [360, 46, 80, 34],
    blocking: [360, 136, 80, 34],
    entry: [360, 226, 80, 34]
  },
  edges: {
    'deaf POWERED': { line: [[94, 146], [175, 146]], label: { x: 135, y: 141, anchor: 'middle' } },
    'command POWER_LOST': { line: [[178, 160], [97, 160]], common: true },
    'command BLOCK': { line: [[262, 146], [357, 146]], label: { x: 310, y: 130, anchor: 'middle', lines: ['command', 'takes time'] } },
    'command PROMPT': { line: [[220, 170], [220, 250], [357, 250]], label: { x: 290, y: 245, anchor: 'middle' } },
    'command CONNECT': { line: [[204, 136], [204, 52], [357, 52]], label: { x: 290, y: 47, anchor: 'middle' } },
    'blocking RESULT': { line: [[360, 160], [265, 160]], label: { x: 312, y: 173, anchor: 'middle' } },
    'blocking PROMPT': { line: [[386, 170], [386, 223]], label: { x: 381, y: 205, anchor: 'end' } },
    'blocking CONNECT': { line: [[408, 136], [408, 83]], label: { x: 403, y: 114, anchor: 'end' } },
    'blocking POWER_LOST': { line: [[440, 153], [453, 153], [453, 22], [54, 22], [54, 133]], common: true },
    'entry ENTERED': { line: [[414, 226], [414, 173]], label: { x: 419, y: 196, anchor: 'start', lines: ['entry', 'ended'] } },
    'entry POWER_LOST': { line: [[440, 243], [453, 243], [453, 22], [54, 22], [54, 133]], common: true },
    'online ESCAPED': { line: [[360, 66], [236, 66], [236, 133]], label: { x: 300, y: 63, anchor: 'middle' } },
    'online CARRIER_LOST': { line: [[360, 74], [250, 74], [250, 133]], label: { x: 305, y: 87, anchor: 'middle' } },
    'online POWER_LOST': { line: [[400, 46], [400, 22], [54, 22], [54, 133]], common: true, label: { x: 130, y: 18, anchor: 'middle' } }
  }
}
