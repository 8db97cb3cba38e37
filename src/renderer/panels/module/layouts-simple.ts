import type { ChartLayout } from './chart-layout.ts'

/** The charts of a few states, each read from left to right in the order in which things succeed. */
export const powerLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    off: [20, 130, 77, 36],
    booting: [156, 130, 78, 36],
    on: [292, 130, 78, 36]
  },
  edges: {
    'off ON_KEY': { line: [[97, 141], [153, 141]], label: { x: 126, y: 136, anchor: 'middle' } },
    'booting UNPLUG': { line: [[156, 156], [100, 156]], label: { x: 128, y: 169, anchor: 'middle' } },
    'booting SHUT_DOWN': { line: [[176, 130], [176, 100], [79, 100], [79, 127]], label: { x: 128, y: 95, anchor: 'middle' } },
    'booting RESTART': { line: [[180, 166], [180, 190], [210, 190], [210, 169]], label: { x: 195, y: 203, anchor: 'middle' } },
    'booting BOOTED': { line: [[234, 141], [289, 141]], label: { x: 262, y: 125, anchor: 'middle', lines: ['boot time', 'over'] } },
    'on RESTART': { line: [[292, 156], [237, 156]], label: { x: 264, y: 169, anchor: 'middle' } },
    'on SHUT_DOWN': { line: [[331, 130], [331, 74], [59, 74], [59, 127]], label: { x: 195, y: 69, anchor: 'middle' } },
    'on UNPLUG': { line: [[331, 166], [331, 222], [59, 222], [59, 169]], label: { x: 195, y: 217, anchor: 'middle' } }
  }
}

export const pdpLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    inactive: [17, 130, 77, 36],
    activating: [156, 130, 78, 36],
    active: [296, 130, 77, 36]
  },
  edges: {
    'inactive ACTIVATE': { line: [[94, 141], [153, 141]], label: { x: 125, y: 136, anchor: 'middle' } },
    'activating REJECTED': { line: [[156, 156], [97, 156]], label: { x: 126, y: 169, anchor: 'middle' } },
    'activating ACCEPTED': { line: [[234, 148], [293, 148]], label: { x: 265, y: 132, anchor: 'middle', lines: ['address', 'given'] } },
    'activating DROPPED': { line: [[195, 166], [195, 206], [69, 206], [69, 169]], label: { x: 132, y: 201, anchor: 'middle' } },
    'active DEACTIVATE': { line: [[334, 130], [334, 80], [55, 80], [55, 127]], label: { x: 195, y: 75, anchor: 'middle' } },
    'active DROPPED': { line: [[334, 166], [334, 236], [42, 236], [42, 169]], label: { x: 195, y: 231, anchor: 'middle' } }
  }
}

export const registrationLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    idle: [12, 136, 89, 34],
    searching: [151, 136, 71, 34],
    home: [304, 46, 71, 34],
    roaming: [304, 136, 71, 34],
    denied: [304, 226, 71, 34]
  },
  edges: {
    'idle SEARCH': { line: [[101, 146], [148, 146]], label: { x: 125, y: 141, anchor: 'middle' } },
    'searching RADIO_OFF': { line: [[151, 160], [104, 160]], label: { x: 126, y: 173, anchor: 'middle' } },
    'searching FOUND_HOME': { line: [[171, 136], [171, 56], [301, 56]], label: { x: 240, y: 51, anchor: 'middle' } },
    'searching FOUND_ROAMING': { line: [[222, 146], [301, 146]],
      label: { x: 261, y: 130, anchor: 'middle', lines: ['other network', 'found'] } },
    'searching DENIED': { line: [[171, 170], [171, 250], [301, 250]], label: { x: 240, y: 263, anchor: 'middle' } },
    'home COVERAGE_LOST': { line: [[304, 70], [202, 70], [202, 133]], label: { x: 254, y: 83, anchor: 'middle' } },
    'roaming COVERAGE_LOST': { line: [[304, 160], [225, 160]], label: { x: 264, y: 173, anchor: 'middle' } },
    'denied SEARCH': { line: [[304, 236], [202, 236], [202, 173]], label: { x: 254, y: 231, anchor: 'middle' } },
    'home DENIED': { line: [[375, 70], [379, 70], [379, 243], [378, 243]] },
    'roaming DENIED': { line: [[375, 165], [379, 165], [379, 243], [378, 243]], label: { x: 375, y: 200, anchor: 'end' } },
    'home RADIO_OFF': { line: [[339, 46], [339, 24], [56, 24], [56, 133]], label: { x: 109, y: 19, anchor: 'middle' } },
    'roaming RADIO_OFF': { line: [[375, 153], [383, 153], [383, 24], [56, 24], [56, 133]] },
    'denied RADIO_OFF': { line: [[339, 260], [339, 284], [56, 284], [56, 173]], label: { x: 109, y: 279, anchor: 'middle' } }
  }
}

export const simLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    absent: [12, 136, 70, 34],
    pinRequired: [160, 56, 77, 34],
    pukRequired: [160, 216, 77, 34],
    ready: [304, 136, 71, 34],
    blocked: [304, 226, 71, 34]
  },
  edges: {
    'absent READ': { line: [[82, 153], [301, 153]], label: { x: 193, y: 148, anchor: 'middle' } },
    'absent READ_PIN': { line: [[59, 136], [59, 66], [157, 66]], label: { x: 108, y: 61, anchor: 'middle' } },
    'absent READ_PUK': { line: [[59, 170], [59, 226], [157, 226]], label: { x: 108, y: 221, anchor: 'middle' } },
    'absent READ_BLOCKED': { line: [[34, 170], [34, 282], [356, 282], [356, 263]], label: { x: 108, y: 277, anchor: 'middle' } },
    'pinRequired PIN_RIGHT': { line: [[237, 66], [331, 66], [331, 133]], label: { x: 281, y: 61, anchor: 'middle' } },
    'pinRequired PIN_FAILED': { line: [[210, 90], [210, 213]], label: { x: 214, y: 114, anchor: 'start', lines: ['third', 'wrong PIN'] } },
    'pinRequired REMOVED': { line: [[160, 80], [71, 80], [71, 133]], common: true },
    'pukRequired PUK_RIGHT': { line: [[237, 226], [286, 226], [286, 163], [301, 163]], label: { x: 281, y: 198, anchor: 'end' } },
    'pukRequired PUK_FAILED': { line: [[237, 244], [301, 244]],
      label: { x: 269, y: 257, anchor: 'middle', lines: ['tenth wrong', 'PUK'] } },
    'pukRequired REMOVED': { line: [[160, 240], [71, 240], [71, 173]], common: true },
    'ready REMOVED': { line: [[356, 136], [356, 24], [25, 24], [25, 133]], common: true, label: { x: 109, y: 19, anchor: 'middle' } },
    'blocked REMOVED': { line: [[375, 243], [383, 243], [383, 24], [25, 24], [25, 133]], common: true }
  }
}

export const dataLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    deaf: [12, 136, 67, 34],
    command: [150, 136, 70, 34],
    online: [302, 46, 68, 34],
    blocking: [302, 136, 68, 34],
    entry: [302, 226, 68, 34]
  },
  edges: {
    'deaf POWERED': { line: [[79, 146], [147, 146]], label: { x: 113, y: 130, anchor: 'middle', lines: ['module', 'is up'] } },
    'command POWER_LOST': { line: [[150, 160], [82, 160]], common: true },
    'command BLOCK': { line: [[220, 146], [299, 146]], label: { x: 260, y: 130, anchor: 'middle', lines: ['command', 'takes time'] } },
    'command PROMPT': { line: [[185, 170], [185, 250], [299, 250]], label: { x: 244, y: 245, anchor: 'middle' } },
    'command CONNECT': { line: [[171, 136], [171, 52], [299, 52]], label: { x: 244, y: 47, anchor: 'middle' } },
    'blocking RESULT': { line: [[302, 160], [223, 160]], label: { x: 262, y: 173, anchor: 'middle' } },
    'blocking PROMPT': { line: [[324, 170], [324, 223]], label: { x: 320, y: 205, anchor: 'end' } },
    'blocking CONNECT': { line: [[343, 136], [343, 83]], label: { x: 339, y: 114, anchor: 'end' } },
    'blocking POWER_LOST': { line: [[370, 153], [381, 153], [381, 22], [45, 22], [45, 133]], common: true },
    'entry ENTERED': { line: [[348, 226], [348, 173]], label: { x: 352, y: 196, anchor: 'start', lines: ['entry', 'ended'] } },
    'entry POWER_LOST': { line: [[370, 243], [381, 243], [381, 22], [45, 22], [45, 133]], common: true },
    'online ESCAPED': { line: [[302, 66], [198, 66], [198, 133]], label: { x: 252, y: 63, anchor: 'middle' } },
    'online CARRIER_LOST': { line: [[302, 74], [210, 74], [210, 133]], label: { x: 256, y: 87, anchor: 'middle' } },
    'online POWER_LOST': { line: [[336, 46], [336, 22], [45, 22], [45, 133]], common: true, label: { x: 109, y: 18, anchor: 'middle' } }
  }
}
