import type { ChartLayout } from './chart-layout.ts'

/** The FTP session: connecting and securing to the right, login down, the files below, closing up the left. */
export const ftpLayout: ChartLayout = {
  width: 390,
  height: 300,
  states: {
    idle: [12, 28, 67, 32],
    connecting: [141, 28, 74, 32],
    securing: [296, 28, 74, 32],
    login: [296, 98, 74, 32],
    closing: [12, 98, 67, 32],
    ready: [141, 128, 74, 32],
    transfer: [89, 190, 291, 100],
    'transfer.online': [118, 222, 75, 30],
    'transfer.command': [269, 222, 80, 30]
  },
  edges: {
    'idle OPEN': { line: [[79, 38], [138, 38]], label: { x: 109, y: 33, anchor: 'middle' } },
    'connecting SECURE': { line: [[215, 38], [293, 38]], label: { x: 254, y: 33, anchor: 'middle' } },
    'connecting GREETED': { line: [[193, 60], [193, 110], [293, 110]], label: { x: 244, y: 105, anchor: 'middle' } },
    'connecting FAILED': { line: [[141, 51], [82, 51]], label: { x: 111, y: 64, anchor: 'middle' } },
    'securing SECURED': { line: [[343, 60], [343, 95]], label: { x: 338, y: 84, anchor: 'end' } },
    'securing FAILED': { line: [[311, 60], [311, 72], [50, 72], [50, 63]] },
    'login FAILED': { line: [[311, 98], [311, 72], [50, 72], [50, 63]], label: { x: 252, y: 84, anchor: 'middle' } },
    'login LOGGED_IN': { line: [[333, 130], [333, 144], [218, 144]], label: { x: 277, y: 139, anchor: 'middle' } },
    'ready COMMAND': { line: [[150, 128], [150, 116], [171, 116], [171, 125]], label: { x: 160, y: 111, anchor: 'middle' } },
    'ready RECEIVE': { line: [[150, 128], [150, 116], [171, 116], [171, 125]] },
    'ready TRANSFER_ONLINE': { line: [[160, 160], [160, 219]], label: { x: 155, y: 182, anchor: 'end', lines: ['#FTPGET …'] } },
    'ready TRANSFER_COMMAND': { line: [[202, 160], [202, 178], [309, 178], [309, 219]],
      label: { x: 260, y: 173, anchor: 'middle', lines: ['#FTPGETPKT …'] } },
    'ready CLOSE': { line: [[141, 138], [109, 138], [109, 118], [82, 118]], label: { x: 108, y: 150, anchor: 'middle' } },
    'ready LOST': { line: [[141, 154], [7, 154], [7, 44], [9, 44]], label: { x: 71, y: 167, anchor: 'middle' } },
    'transfer ENDED': { line: [[178, 190], [178, 163]], label: { x: 182, y: 187, anchor: 'start' } },
    'transfer CLOSE': { line: [[89, 210], [25, 210], [25, 133]], label: { x: 57, y: 205, anchor: 'middle' } },
    'transfer LOST': { line: [[89, 250], [7, 250], [7, 44], [9, 44]] },
    'transfer.command RECEIVE': { line: [[290, 252], [290, 264], [328, 264], [328, 255]],
      label: { x: 309, y: 275, anchor: 'middle', lines: ['#FTPRECV', '#FTPAPPEXT'] } },
    'transfer.command APPEND': { line: [[290, 252], [290, 264], [328, 264], [328, 255]] },
    'closing CLOSED': { line: [[34, 98], [34, 63]], label: { x: 38, y: 90, anchor: 'start' } },
    'connecting POWER_LOST': { line: [[176, 28], [176, 12], [47, 12], [47, 25]], common: true },
    'securing POWER_LOST': { line: [[333, 28], [333, 12], [47, 12], [47, 25]], common: true, label: { x: 116, y: 8, anchor: 'middle' } },
    'login POWER_LOST': { line: [[370, 114], [386, 114], [386, 12], [47, 12], [47, 25]], common: true },
    'ready POWER_LOST': { line: [[215, 154], [386, 154], [386, 12], [47, 12], [47, 25]], common: true },
    'transfer POWER_LOST': { line: [[380, 200], [386, 200], [386, 12], [47, 12], [47, 25]], common: true },
    'closing POWER_LOST': { line: [[12, 114], [3, 114], [3, 36], [9, 36]], common: true }
  }
}
