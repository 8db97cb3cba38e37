import type { ChartLayout } from './chart-layout.ts'

/** The FTP session: connecting and securing to the right, login down, the files below, closing up the left. */
export const ftpLayout: ChartLayout = {
  width: 397,
  height: 294,
  states: {
    idle: [12, 26, 66, 32],
    connecting: [150, 26, 76, 32],
    securing: [314, 26, 72, 32],
    login: [314, 96, 72, 30],
    closing: [12, 96, 66, 30],
    ready: [150, 126, 76, 30],
    transfer: [90, 190, 296, 98],
    'transfer.online': [120, 218, 64, 30],
    'transfer.command': [282, 218, 76, 30]
  },
  edges: {
    'idle OPEN': { line: [[78, 36], [147, 36]], label: { x: 114, y: 31, anchor: 'middle' } },
    'connecting SECURE': { line: [[226, 36], [311, 36]], label: { x: 270, y: 31, anchor: 'middle' } },
    'connecting GREETED': { line: [[210, 58], [210, 111], [311, 111]], label: { x: 263, y: 107, anchor: 'middle' } },
    'connecting FAILED': { line: [[150, 48], [81, 48]], label: { x: 114, y: 60, anchor: 'middle' } },
    'securing SECURED': { line: [[375, 58], [375, 93]], label: { x: 370, y: 73, anchor: 'end', lines: ['TLS', 'stands'] } },
    'securing FAILED': { line: [[322, 58], [322, 70], [50, 70], [50, 61]] },
    'login FAILED': { line: [[322, 96], [322, 70], [50, 70], [50, 61]], label: { x: 264, y: 82, anchor: 'middle' } },
    'login LOGGED_IN': { line: [[350, 126], [350, 142], [229, 142]], label: { x: 279, y: 138, anchor: 'middle' } },
    'ready COMMAND': { line: [[162, 126], [162, 114], [186, 114], [186, 123]], label: { x: 174, y: 110, anchor: 'middle' } },
    'ready RECEIVE': { line: [[162, 126], [162, 114], [186, 114], [186, 123]] },
    'ready TRANSFER_ONLINE': { line: [[170, 156], [170, 215]], label: { x: 166, y: 180, anchor: 'end', lines: ['#FTPGET …'] } },
    'ready TRANSFER_COMMAND': { line: [[214, 156], [214, 174], [320, 174], [320, 215]],
      label: { x: 276, y: 170, anchor: 'middle', lines: ['#FTPGETPKT …'] } },
    'ready CLOSE': { line: [[150, 134], [114, 134], [114, 111], [81, 111]], label: { x: 112, y: 146, anchor: 'middle' } },
    'ready LOST': { line: [[150, 150], [3, 150], [3, 48], [9, 48]], label: { x: 84, y: 162, anchor: 'middle' } },
    'transfer ENDED': { line: [[196, 190], [196, 159]], label: { x: 201, y: 186, anchor: 'start' } },
    'transfer CLOSE': { line: [[90, 206], [18, 206], [18, 129]], label: { x: 54, y: 202, anchor: 'middle' } },
    'transfer LOST': { line: [[90, 250], [3, 250], [3, 48], [9, 48]] },
    'transfer.command RECEIVE': { line: [[300, 248], [300, 258], [340, 258], [340, 251]],
      label: { x: 320, y: 269, anchor: 'middle', lines: ['#FTPRECV', '#FTPAPPEXT'] } },
    'transfer.command APPEND': { line: [[300, 248], [300, 258], [340, 258], [340, 251]] },
    'closing CLOSED': { line: [[34, 96], [34, 61]], label: { x: 38, y: 87, anchor: 'start' } },
    'connecting POWER_LOST': { line: [[188, 26], [188, 13], [45, 13], [45, 23]], common: true },
    'securing POWER_LOST': { line: [[350, 26], [350, 13], [45, 13], [45, 23]], common: true, label: { x: 116, y: 9, anchor: 'middle' } },
    'login POWER_LOST': { line: [[386, 111], [393, 111], [393, 13], [45, 13], [45, 23]], common: true },
    'ready POWER_LOST': { line: [[226, 151], [393, 151], [393, 13], [45, 13], [45, 23]], common: true },
    'transfer POWER_LOST': { line: [[386, 200], [393, 200], [393, 13], [45, 13], [45, 23]], common: true },
    'closing POWER_LOST': { line: [[12, 104], [7, 104], [7, 36], [9, 36]], common: true }
  }
}
