import { declareChart } from './chart.ts'

/** What one AT instance does with the bytes from the host (guide chapter 4.2, at-reference 1, D-18, D-23). */
export const dataChart = declareChart({
  id: 'data',
  title: 'Data mode',
  machine: {
    id: 'data',
    initial: 'off',
    states: {
      off: { on: { POWERED: 'command' } },
      command: { on: { BLOCK: 'blocking', PROMPT: 'entry', CONNECT: 'online', POWER_LOST: 'off' } },
      blocking: { on: { RESULT: 'command', PROMPT: 'entry', CONNECT: 'online', POWER_LOST: 'off' } },
      entry: { on: { ENTERED: 'blocking', POWER_LOST: 'off' } },
      online: { on: { ESCAPED: 'command', CARRIER_LOST: 'command', POWER_LOST: 'off' } }
    }
  },
  states: {
    off: { label: 'Off', about: 'The module is powered off or booting. It does not hear the port.' },
    command: { label: 'Command', about: 'Lines are read as AT commands.' },
    blocking: { label: 'Busy', about: 'A command runs and has not given its result; what is typed waits.' },
    entry: { label: 'Entry', about: 'After the > prompt: text until Ctrl-Z, ESC leaves.' },
    online: { label: 'Online', about: 'Every byte is data for the server.' }
  },
  events: {
    POWERED: 'module is up',
    BLOCK: 'command takes time',
    RESULT: 'result code',
    PROMPT: '> prompt',
    ENTERED: 'entry ended',
    CONNECT: 'CONNECT',
    ESCAPED: '+++',
    CARRIER_LOST: 'NO CARRIER',
    POWER_LOST: 'power lost'
  }
})
