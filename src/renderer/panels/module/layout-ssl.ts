import type { ChartLayout } from './layout.ts'

/** The SSL socket: dialling to the right, the handshake down, the open connection below, closing up the left. */
export const sslLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    disabled: [14, 28, 78, 32],
    closed: [168, 28, 112, 32],
    dialling: [364, 28, 88, 32],
    handshake: [364, 98, 88, 32],
    closing: [14, 98, 84, 32],
    open: [106, 168, 346, 122],
    'open.draining': [114, 202, 94, 30],
    'open.command': [260, 202, 70, 30],
    'open.online': [378, 202, 66, 30]
  },
  edges: {
    'disabled ENABLE': { line: [[92, 38], [165, 38]], label: { x: 131, y: 33, anchor: 'middle' } },
    'closed DISABLE': { line: [[168, 51], [95, 51]], label: { x: 131, y: 64, anchor: 'middle' } },
    'closed DIAL': { line: [[280, 38], [361, 38]], label: { x: 320, y: 33, anchor: 'middle' } },
    'dialling TCP_OPEN': { line: [[408, 60], [408, 95]], label: { x: 403, y: 81, anchor: 'end' } },
    'dialling FAILED': { line: [[364, 51], [283, 51]] },
    'handshake FAILED': { line: [[364, 114], [318, 114], [318, 51], [283, 51]], label: { x: 313, y: 86, anchor: 'end' } },
    'handshake FINISHED': { line: [[386, 130], [386, 165]], label: { x: 381, y: 151, anchor: 'end' } },
    'handshake FINISHED_ONLINE': { line: [[428, 130], [428, 199]], label: { x: 423, y: 151, anchor: 'end', lines: ['online'] } },
    'open BROKEN': { line: [[204, 168], [204, 63]], label: { x: 209, y: 118, anchor: 'start', lines: ['connection', 'lost'] } },
    'open HANG_UP': { line: [[106, 217], [72, 217], [72, 133]], label: { x: 77, y: 151, anchor: 'start' } },
    'open.command GO_ONLINE': { line: [[330, 224], [375, 224]], label: { x: 353, y: 236, anchor: 'middle' } },
    'open.online ESCAPE': { line: [[378, 211], [333, 211]], label: { x: 354, y: 206, anchor: 'middle' } },
    'open.command SEND': { line: [[278, 232], [278, 244], [312, 244], [312, 235]],
      label: { x: 295, y: 256, anchor: 'middle', lines: ['#SSLSEND', '#SSLRECV'] } },
    'open.command RECEIVE': { line: [[278, 232], [278, 244], [312, 244], [312, 235]] },
    'open.command FAR_END_CLOSED': { line: [[260, 217], [211, 217]],
      label: { x: 234, y: 230, anchor: 'middle', lines: ['far end', 'closes'] } },
    'open.online IDLE': { line: [[411, 232], [411, 277], [32, 277], [32, 133]], label: { x: 406, y: 272, anchor: 'end' } },
    'open.online FAR_END_CLOSED': { line: [[402, 202], [402, 187], [272, 187], [272, 63]], label: { x: 337, y: 183, anchor: 'middle' } },
    'open.draining RECEIVE': { line: [[140, 232], [140, 244], [174, 244], [174, 235]], label: { x: 157, y: 256, anchor: 'middle' } },
    'open.draining EMPTIED': { line: [[190, 202], [190, 63]], label: { x: 185, y: 142, anchor: 'end' } },
    'closing CLOSED': { line: [[56, 98], [56, 82], [178, 82], [178, 63]], label: { x: 66, y: 78, anchor: 'start' } },
    'closed POWER_LOST': { line: [[220, 28], [220, 12], [56, 12], [56, 25]], common: true },
    'dialling POWER_LOST': { line: [[408, 28], [408, 12], [56, 12], [56, 25]], common: true, label: { x: 138, y: 8, anchor: 'middle' } },
    'handshake POWER_LOST': { line: [[452, 114], [459, 114], [459, 12], [56, 12], [56, 25]], common: true },
    'open POWER_LOST': { line: [[452, 180], [459, 180], [459, 12], [56, 12], [56, 25]], common: true },
    'closing POWER_LOST': { line: [[14, 114], [6, 114], [6, 44], [11, 44]], common: true }
  }
}
