import { declareChart } from './chart.ts'

/**
 * The only SSL socket (guide chapters 3 and 4). SEND and RECEIVE lead back to the same state: they exist so that the
 * machine defines in which states #SSLSEND and #SSLRECV are legal.
 */
export const sslChart = declareChart({
  id: 'ssl',
  title: 'SSL socket',
  machine: {
    id: 'ssl',
    initial: 'disabled',
    states: {
      disabled: { on: { ENABLE: 'closed' } },
      closed: { on: { DISABLE: 'disabled', DIAL: 'dialling', POWER_LOST: 'disabled' } },
      dialling: { on: { TCP_OPEN: 'handshake', FAILED: 'closed', POWER_LOST: 'disabled' } },
      handshake: { on: { FINISHED: 'open', FINISHED_ONLINE: 'open.online', FAILED: 'closed', POWER_LOST: 'disabled' } },
      open: {
        initial: 'command',
        on: { HANG_UP: 'closing', BROKEN: 'closed', POWER_LOST: 'disabled' },
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
          online: { on: { ESCAPE: 'command', IDLE: '#ssl.closing', FAR_END_CLOSED: '#ssl.closed' } },
          draining: { on: { RECEIVE: 'draining', GO_ONLINE: 'online', EMPTIED: '#ssl.closed' } }
        }
      },
      closing: { on: { CLOSED: 'closed', POWER_LOST: 'disabled' } }
    }
  },
  states: {
    disabled: { label: 'Disabled', about: 'SSL is off. AT#SSLEN=1,1 turns it on.', ssls: 0 },
    closed: { label: 'Closed', about: 'SSL is on, no connection. AT#SSLD opens one.', ssls: 1 },
    dialling: { label: 'Dialling', about: 'The name is looked up and the TCP connection opened.', ssls: 1 },
    handshake: { label: 'Handshake', about: 'TCP is open; the two sides agree on suite and keys.', ssls: 1 },
    open: { label: 'Open', about: 'The connection is open.', ssls: 2 },
    'open.command': {
      label: 'Command',
      about: 'Data goes by AT#SSLSEND and AT#SSLRECV; AT#SSLO goes online.',
      ssls: 2
    },
    'open.online': { label: 'Online', about: 'Every byte is data; +++ leads back to command mode.', ssls: 2 },
    'open.draining': {
      label: 'Draining',
      about: 'The connection has ended; what came before can still be read.',
      ssls: 2
    },
    closing: { label: 'Closing', about: 'close_notify is on its way.', ssls: 1 }
  },
  events: {
    ENABLE: '#SSLEN=1,1',
    DISABLE: '#SSLEN=1,0',
    DIAL: '#SSLD',
    TCP_OPEN: 'TCP open',
    FINISHED: 'Finished verified',
    FINISHED_ONLINE: 'Finished verified, online',
    FAILED: 'fails',
    GO_ONLINE: '#SSLO',
    ESCAPE: '+++',
    SEND: '#SSLSEND',
    RECEIVE: '#SSLRECV',
    FAR_END_CLOSED: 'server closes',
    CUT_OFF: 'cut off',
    EMPTIED: 'all read',
    IDLE: 'maxTo',
    HANG_UP: '#SSLH',
    BROKEN: 'connection lost',
    CLOSED: 'closed',
    POWER_LOST: 'power lost'
  }
})
