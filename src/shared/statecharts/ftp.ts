import { declareChart } from './chart.ts'

/**
 * The FTP session (guide chapter 5, at-reference 7). COMMAND, RECEIVE and APPEND lead back to the same state: they
 * exist so that the machine defines in which states these commands are legal.
 */
export const ftpChart = declareChart({
  id: 'ftp',
  title: 'FTP session',
  machine: {
    id: 'ftp',
    initial: 'idle',
    states: {
      idle: { on: { OPEN: 'connecting' } },
      connecting: { on: { SECURE: 'securing', GREETED: 'login', FAILED: 'idle', POWER_LOST: 'idle' } },
      securing: { on: { SECURED: 'login', FAILED: 'idle', POWER_LOST: 'idle' } },
      login: { on: { LOGGED_IN: 'ready', FAILED: 'idle', POWER_LOST: 'idle' } },
      ready: {
        on: {
          COMMAND: 'ready',
          RECEIVE: 'ready',
          TRANSFER_ONLINE: 'transfer.online',
          TRANSFER_COMMAND: 'transfer.command',
          CLOSE: 'closing',
          LOST: 'idle',
          POWER_LOST: 'idle'
        }
      },
      transfer: {
        initial: 'online',
        on: { ENDED: 'ready', CLOSE: 'closing', LOST: 'idle', POWER_LOST: 'idle' },
        states: {
          online: {},
          command: { on: { RECEIVE: 'command', APPEND: 'command' } }
        }
      },
      closing: { on: { CLOSED: 'idle', POWER_LOST: 'idle' } }
    }
  },
  states: {
    idle: { label: 'Idle', about: 'No session. AT#FTPOPEN opens a session with a server.' },
    connecting: { label: 'Connecting', about: 'The control connection is opened and the server greets.' },
    securing: { label: 'Securing', about: 'AUTH TLS and the handshake on the control connection.' },
    login: { label: 'Login', about: 'User and password, and with TLS the protection of data connections.' },
    ready: { label: 'Ready', about: 'The server has let the module in; files can be listed, got and put.' },
    transfer: { label: 'Transfer', about: 'A data connection carries a file.' },
    'transfer.online': {
      label: 'Online',
      about: 'The file goes through the port; +++ ends it, NO CARRIER tells the end.'
    },
    'transfer.command': { label: 'Command', about: 'AT#FTPRECV reads a download, AT#FTPAPPEXT writes an upload.' },
    closing: { label: 'Closing', about: 'QUIT was sent; the server takes leave.' }
  },
  events: {
    OPEN: '#FTPOPEN',
    SECURE: 'FTPS is on',
    GREETED: 'server greets',
    SECURED: 'TLS open',
    LOGGED_IN: 'logged in',
    FAILED: 'fails',
    COMMAND: 'a command',
    RECEIVE: '#FTPRECV',
    APPEND: '#FTPAPPEXT',
    TRANSFER_ONLINE: '#FTPGET, #FTPPUT, #FTPLIST',
    TRANSFER_COMMAND: '#FTPGETPKT, #FTPPUT …,1',
    ENDED: 'file ended',
    CLOSE: '#FTPCLOSE',
    LOST: 'connection lost',
    CLOSED: 'closed',
    POWER_LOST: 'power lost'
  }
})
