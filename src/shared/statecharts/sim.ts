import { declareChart } from './chart.ts'

/** The SIM as the module sees it (at-reference 3): the states of +CPIN?, three tries for the PIN, ten for the PUK. */
export const simChart = declareChart({
  id: 'sim',
  title: 'SIM',
  machine: {
    id: 'sim',
    initial: 'absent',
    states: {
      absent: { on: { READ: 'ready', READ_PIN: 'pinRequired', READ_PUK: 'pukRequired', READ_BLOCKED: 'blocked' } },
      pinRequired: { on: { PIN_RIGHT: 'ready', PIN_FAILED: 'pukRequired', REMOVED: 'absent' } },
      pukRequired: { on: { PUK_RIGHT: 'ready', PUK_FAILED: 'blocked', REMOVED: 'absent' } },
      ready: { on: { REMOVED: 'absent' } },
      blocked: { on: { REMOVED: 'absent' } }
    }
  },
  states: {
    absent: { label: 'No SIM', about: 'No card answers: none is in the holder, or the module is off.' },
    pinRequired: { label: 'PIN asked', about: 'The card waits for its PIN; AT+CPIN=<pin> gives it.' },
    pukRequired: { label: 'PUK asked', about: 'The PIN was wrong three times; AT+CPIN=<puk>,<newpin> opens the card.' },
    ready: { label: 'Ready', about: 'The card is open; the module may register with it.' },
    blocked: { label: 'Blocked', about: 'The PUK was wrong ten times; this card cannot be unblocked.' }
  },
  events: {
    READ: 'card read',
    READ_PIN: 'asks for PIN',
    READ_PUK: 'asks for PUK',
    READ_BLOCKED: 'card blocked',
    PIN_RIGHT: 'PIN right',
    PIN_FAILED: 'third wrong PIN',
    PUK_RIGHT: 'PUK right',
    PUK_FAILED: 'tenth wrong PUK',
    REMOVED: 'card gone'
  }
})
