import type { ChartLayout } from './layout.ts'

/** The FTP session: connecting and securing to the right, login down, the files below, closing up the left. */
export const ftpLayout: ChartLayout = {
  width: 464,
  height: 300,
  states: {
    idle: [14, 28, 80, 32],
    connecting: [168, 28, 88, 32],
    securing: [352, 28, 88, 32],
    login: [352, 98, 88, 32],
    closing: [14, 98, 80, 32],
    ready: [168, 128, 88, 32],
    transfer: [106, 190, 346, 100],
    'transfer.online': [140, 222, 90, 30],
    'transfer.command': [320, 222, 96, 30]
  },
  edges: {
    'idle OPEN': { line: [[94, 38], [165, 38]], label: { x: 130, y: 33, anchor: 'middle' } },
    'connecting SECURE': { line: [[256, 38], [349, 38]], label: { x: 302, y: 33, anchor: 'middle' } },
    'connecting GREETED': { line: [[230, 60], [230, 110], [349, 110]], label: { x: 290, y: 105, anchor: 'middle' } },
    'connecting FAILED': { line: [[168, 51], [97, 51]], label: { x: 132, y: 64, anchor: 'middle' } },
    'securing SECURED': { line: [[408, 60], [408, 95]], label: { x: 413, y: 87, anchor: 'start' } },
    'securing FAILED': { line: [[370, 60], [370, 72], [60, 72], [60, 63]] },
    'login FAILED': { line: [[370, 98], [370, 72], [60, 72], [60, 63]], label: { x: 300, y: 84, anchor: 'middle' } },
    'login LOGGED_IN': { line: [[396, 130], [396, 144], [259, 144]], label: { x: 330, y: 139, anchor: 'middle' } },
    'ready COMMAND': { line: [[178, 128], [178, 116], [204, 116], [204, 125]], label: { x: 190, y: 111, anchor: 'middle' } },
    'ready RECEIVE': { line: [[178, 128], [178, 116], [204, 116], [204, 125]] },
    'ready TRANSFER_ONLINE': { line: [[190, 160], [190, 219]], label: { x: 185, y: 182, anchor: 'end', lines: ['#FTPGET …'] } },
    'ready TRANSFER_COMMAND': { line: [[240, 160], [240, 178], [368, 178], [368, 219]],
      label: { x: 310, y: 173, anchor: 'middle', lines: ['#FTPGETPKT …'] } },
    'ready CLOSE': { line: [[168, 138], [130, 138], [130, 118], [97, 118]], label: { x: 114, y: 133, anchor: 'middle' } },
    'ready LOST': { line: [[168, 154], [8, 154], [8, 44], [11, 44]], label: { x: 84, y: 167, anchor: 'middle' } },
    'transfer ENDED': { line: [[212, 190], [212, 163]], label: { x: 217, y: 187, anchor: 'start' } },
    'transfer CLOSE': { line: [[106, 210], [30, 210], [30, 133]], label: { x: 68, y: 205, anchor: 'middle' } },
    'transfer LOST': { line: [[106, 250], [8, 250], [8, 44], [11, 44]] },
    'transfer.command RECEIVE': { line: [[345, 252], [345, 264], [390, 264], [390, 255]],
      label: { x: 368, y: 275, anchor: 'middle', lines: ['#FTPRECV', '#FTPAPPEXT'] } },
    'transfer.command APPEND': { line: [[345, 252], [345, 264], [390, 264], [390, 255]] },
    'closing CLOSED': { line: [[40, 98], [40, 63]], label: { x: 45, y: 90, anchor: 'start' } },
    'connecting POWER_LOST': { line: [[210, 28], [210, 12], [56, 12], [56, 25]], common: true },
    'securing POWER_LOST': { line: [[396, 28], [396, 12], [56, 12], [56, 25]], common: true, label: { x: 138, y: 8, anchor: 'middle' } },
    'login POWER_LOST': { line: [[440, 114], [459, 114], [459, 12], [56, 12], [56, 25]], common: true },
    'ready POWER_LOST': { line: [[256, 154], [459, 154], [459, 12], [56, 12], [56, 25]], common: true },
    'transfer POWER_LOST': { line: [[452, 200], [459, 200], [459, 12], [56, 12], [56, 25]], common: true },
    'closing POWER_LOST': { line: [[14, 114], [3, 114], [3, 36], [11, 36]], common: true }
  }
}
