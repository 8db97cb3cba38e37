import { declareChart } from './chart.ts'

/**
 * A plain socket (at-reference 13). SEND and RECEIVE lead back to the same state: they exist so that the machine defines
 * in which states #SSEND and #SRECV are legal. The names within `open` are those of the SSL socket, because the same
 * code sends their events. That data waits while the socket is suspended (state 3 of #SS) is derived from what is held.
 */
export const socketChart = declareChart({
  id: 'socket',
  title: 'Plain socket',
  machine: {
    id: 'socket',
    initial: 'closed',
    states: {
      closed: { on: { DIAL: 'opening', LISTEN: 'listening' } },
      opening: {
        on: {
          OPENED: 'open.command',
          OPENED_ONLINE: 'open.online',
          FAILED: 'closed',
          HANG_UP: 'closed',
          POWER_LOST: 'closed'
        }
      },
      open: {
        initial: 'command',
        on: { HANG_UP: 'closed', BROKEN: 'closed', POWER_LOST: 'closed' },
        states: {
          command: {
            on: {
              GO_ONLINE: 'online',
              SEND: 'command',
              RECEIVE: 'command',
              FAR_END_CLOSED: 'draining',
              CUT_OFF: 'draining'
            }
          },
          online: { on: { ESCAPE: 'command', IDLE: '#socket.closing', FAR_END_CLOSED: '#socket.closed' } },
          draining: { on: { RECEIVE: 'draining', GO_ONLINE: 'online', EMPTIED: '#socket.closed' } }
        }
      },
      listening: {
        on: {
          CALLED: 'incoming',
          ACCEPTED_ONLINE: 'open.online',
          STOP_LISTENING: 'closed',
          HANG_UP: 'closed',
          BROKEN: 'closed',
          POWER_LOST: 'closed'
        }
      },
      incoming: {
        on: {
          ACCEPTED: 'open.command',
          ACCEPTED_ONLINE: 'open.online',
          REFUSED: 'listening',
          CALLER_GONE: 'listening',
          STOP_LISTENING: 'closed',
          BROKEN: 'closed',
          POWER_LOST: 'closed'
        }
      },
      closing: { on: { CLOSED: 'closed', POWER_LOST: 'closed' } }
    }
  },
  states: {
    closed: { label: 'Closed', about: 'No connection. AT#SD opens one, AT#SL waits for one.' },
    opening: { label: 'Opening', about: 'The name is looked up and the connection opened.' },
    open: { label: 'Open', about: 'The connection stands.' },
    'open.command': { label: 'Suspended', about: 'Data goes by AT#SSEND and AT#SRECV; AT#SO goes online.' },
    'open.online': { label: 'Online', about: 'Every byte is data; +++ leads back to command mode.' },
    'open.draining': { label: 'Draining', about: 'The connection has ended; what came before can still be read.' },
    listening: { label: 'Listening', about: 'The module waits for a caller on a port.' },
    incoming: { label: 'Incoming', about: 'A caller waits for AT#SA or AT#SH.' },
    closing: { label: 'Closing', about: 'The connection is being closed.' }
  },
  events: {
    DIAL: '#SD',
    OPENED: 'connection stands',
    OPENED_ONLINE: 'connection stands, online',
    FAILED: 'fails',
    GO_ONLINE: '#SO',
    ESCAPE: '+++',
    SEND: '#SSEND',
    RECEIVE: '#SRECV',
    FAR_END_CLOSED: 'peer closes',
    CUT_OFF: 'cut off',
    EMPTIED: 'all read',
    IDLE: 'maxTo',
    HANG_UP: '#SH',
    BROKEN: 'connection lost',
    CLOSED: 'closed',
    LISTEN: '#SL=…,1',
    STOP_LISTENING: '#SL=…,0',
    CALLED: 'a caller connects',
    ACCEPTED: '#SA=…,1',
    ACCEPTED_ONLINE: '#SA, online',
    REFUSED: '#SH',
    CALLER_GONE: 'caller leaves',
    POWER_LOST: 'power lost'
  }
})
