import type { ChartLayout } from './chart-layout.ts'

/** The SSL socket: dialling to the right, the handshake down, the open connection below, closing up the left. */
export const sslLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    disabled: [12, 28, 72, 32],
    closed: [148, 28, 88, 32],
    dialling: [306, 28, 74, 32],
    handshake: [296, 98, 84, 32],
    closing: [12, 98, 70, 32],
    open: [89, 168, 291, 122],
    'open.draining': [94, 202, 86, 30],
    'open.command': [218, 202, 59, 30],
    'open.online': [318, 202, 55, 30]
  },
  edges: {
    'disabled ENABLE': { line: [[84, 38], [145, 38]], label: { x: 115, y: 33, anchor: 'middle' } },
    'closed DISABLE': { line: [[148, 51], [87, 51]], label: { x: 117, y: 64, anchor: 'middle' } },
    'closed DIAL': { line: [[236, 38], [303, 38]], label: { x: 269, y: 33, anchor: 'middle' } },
    'dialling TCP_OPEN': { line: [[343, 60], [343, 95]], label: { x: 339, y: 81, anchor: 'end' } },
    'dialling FAILED': { line: [[306, 51], [239, 51]] },
    'handshake FAILED': { line: [[296, 114], [267, 114], [267, 51], [239, 51]], label: { x: 263, y: 86, anchor: 'end' } },
    'handshake FINISHED': { line: [[312, 130], [312, 165]], label: { x: 308, y: 145, anchor: 'end', lines: ['Finished', 'verified'] } },
    'handshake FINISHED_ONLINE': { line: [[360, 130], [360, 199]], label: { x: 355, y: 151, anchor: 'end', lines: ['online'] } },
    'open BROKEN': { line: [[169, 168], [169, 63]], label: { x: 172, y: 118, anchor: 'start', lines: ['connection', 'lost'] } },
    'open HANG_UP': { line: [[89, 217], [60, 217], [60, 133]], label: { x: 65, y: 151, anchor: 'start' } },
    'open.command GO_ONLINE': { line: [[277, 224], [315, 224]], label: { x: 297, y: 236, anchor: 'middle' } },
    'open.online ESCAPE': { line: [[318, 211], [280, 211]], label: { x: 297, y: 206, anchor: 'middle' } },
    'open.command SEND': { line: [[234, 232], [234, 244], [262, 244], [262, 235]],
      label: { x: 248, y: 256, anchor: 'middle', lines: ['#SSLSEND', '#SSLRECV'] } },
    'open.command RECEIVE': { line: [[234, 232], [234, 244], [262, 244], [262, 235]] },
    'open.command FAR_END_CLOSED': { line: [[218, 217], [183, 217]],
      label: { x: 200, y: 230, anchor: 'middle', lines: ['closes'] } },
    'open.online IDLE': { line: [[345, 232], [345, 277], [27, 277], [27, 133]], label: { x: 341, y: 272, anchor: 'end' } },
    'open.online FAR_END_CLOSED': { line: [[338, 202], [338, 187], [234, 187], [234, 63]], label: { x: 283, y: 183, anchor: 'middle' } },
    'open.draining RECEIVE': { line: [[118, 232], [118, 244], [146, 244], [146, 235]], label: { x: 132, y: 256, anchor: 'middle' } },
    'open.draining EMPTIED': { line: [[160, 202], [160, 63]], label: { x: 156, y: 142, anchor: 'end' } },
    'closing CLOSED': { line: [[47, 98], [47, 82], [152, 82], [152, 63]], label: { x: 55, y: 78, anchor: 'start' } },
    'closed POWER_LOST': { line: [[185, 28], [185, 12], [47, 12], [47, 25]], common: true },
    'dialling POWER_LOST': { line: [[343, 28], [343, 12], [47, 12], [47, 25]], common: true, label: { x: 116, y: 8, anchor: 'middle' } },
    'handshake POWER_LOST': { line: [[380, 114], [386, 114], [386, 12], [47, 12], [47, 25]], common: true },
    'open POWER_LOST': { line: [[380, 180], [386, 180], [386, 12], [47, 12], [47, 25]], common: true },
    'closing POWER_LOST': { line: [[12, 114], [5, 114], [5, 44], [9, 44]], common: true }
  }
}
