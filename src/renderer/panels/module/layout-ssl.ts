import type { ChartLayout } from './chart-layout.ts'

/** The SSL socket: dialling to the right, the handshake down, the open connection below, closing up the left. */
export const sslLayout: ChartLayout = {
  width: 397,
  height: 286,
  states: {
    disabled: [6, 26, 72, 32],
    closed: [152, 26, 84, 32],
    dialling: [306, 26, 78, 32],
    handshake: [296, 92, 88, 30],
    closing: [10, 92, 70, 30],
    open: [76, 160, 312, 120],
    'open.draining': [82, 200, 89, 30],
    'open.command': [226, 200, 66, 30],
    'open.online': [334, 200, 48, 30]
  },
  edges: {
    'disabled ENABLE': { line: [[78, 36], [149, 36]], label: { x: 115, y: 31, anchor: 'middle' } },
    'closed DISABLE': { line: [[152, 49], [81, 49]], label: { x: 115, y: 61, anchor: 'middle' } },
    'closed DIAL': { line: [[236, 36], [303, 36]], label: { x: 270, y: 31, anchor: 'middle' } },
    'dialling TCP_OPEN': { line: [[336, 58], [336, 89]], label: { x: 341, y: 71, anchor: 'start', lines: ['TCP', 'open'] } },
    'dialling FAILED': { line: [[306, 49], [239, 49]] },
    'handshake FAILED': { line: [[296, 107], [268, 107], [268, 49], [239, 49]], label: { x: 272, y: 80, anchor: 'start' } },
    'handshake FINISHED': { line: [[308, 122], [308, 157]], label: { x: 304, y: 138, anchor: 'end', lines: ['Finished', 'verified'] } },
    'handshake FINISHED_ONLINE': { line: [[368, 122], [368, 197]], label: { x: 363, y: 143, anchor: 'end', lines: ['online'] } },
    'open BROKEN': { line: [[190, 160], [190, 61]], label: { x: 194, y: 98, anchor: 'start', lines: ['connection', 'lost'] } },
    'open HANG_UP': { line: [[76, 215], [60, 215], [60, 125]], label: { x: 64, y: 143, anchor: 'start' } },
    'open.command GO_ONLINE': { line: [[292, 222], [331, 222]], label: { x: 313, y: 233, anchor: 'middle' } },
    'open.online ESCAPE': { line: [[334, 209], [295, 209]], label: { x: 313, y: 205, anchor: 'middle' } },
    'open.command SEND': { line: [[241, 230], [241, 240], [277, 240], [277, 233]],
      label: { x: 259, y: 251, anchor: 'middle', lines: ['#SSLSEND', '#SSLRECV'] } },
    'open.command RECEIVE': { line: [[241, 230], [241, 240], [277, 240], [277, 233]] },
    'open.command FAR_END_CLOSED': { line: [[226, 210], [174, 210]],
      label: { x: 198.5, y: 222, anchor: 'middle', lines: ['far end', 'closes'] } },
    'open.online IDLE': { line: [[358, 230], [358, 272], [27, 272], [27, 125]], label: { x: 354, y: 267, anchor: 'end' } },
    'open.online FAR_END_CLOSED': { line: [[350, 200], [350, 182], [167, 182], [167, 61]], label: { x: 270, y: 178, anchor: 'middle' } },
    'open.draining RECEIVE': { line: [[112, 230], [112, 240], [148, 240], [148, 233]], label: { x: 130, y: 251, anchor: 'middle' } },
    'open.draining EMPTIED': { line: [[167, 200], [167, 61]], label: { x: 163, y: 193, anchor: 'end' } },
    'closing CLOSED': { line: [[47, 92], [47, 78], [157, 78], [157, 61]], label: { x: 55, y: 74, anchor: 'start' } },
    'closed POWER_LOST': { line: [[194, 26], [194, 13], [44, 13], [44, 23]], common: true },
    'dialling POWER_LOST': { line: [[345, 26], [345, 13], [44, 13], [44, 23]], common: true, label: { x: 116, y: 9, anchor: 'middle' } },
    'handshake POWER_LOST': { line: [[384, 107], [393, 107], [393, 13], [44, 13], [44, 23]], common: true },
    'open POWER_LOST': { line: [[388, 172], [393, 172], [393, 13], [44, 13], [44, 23]], common: true },
    'closing POWER_LOST': { line: [[24, 92], [24, 61]], common: true }
  }
}
