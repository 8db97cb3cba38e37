import { declareChart } from './chart.ts'

/** Network registration, with the states that +CREG numbers (at-reference 4, D-29). */
export const registrationChart = declareChart({
  id: 'registration',
  title: 'Network',
  machine: {
    id: 'registration',
    initial: 'idle',
    states: {
      idle: { on: { SEARCH: 'searching' } },
      searching: { on: { FOUND_HOME: 'home', FOUND_ROAMING: 'roaming', DENIED: 'denied', RADIO_OFF: 'idle' } },
      home: { on: { RADIO_OFF: 'idle', COVERAGE_LOST: 'searching', DENIED: 'denied' } },
      roaming: { on: { RADIO_OFF: 'idle', COVERAGE_LOST: 'searching', DENIED: 'denied' } },
      denied: { on: { RADIO_OFF: 'idle', SEARCH: 'searching' } }
    }
  },
  states: {
    idle: {
      label: 'Not registered',
      about: 'The radio is off, the SIM not ready, or the module told not to search (+CREG 0).'
    },
    searching: { label: 'Searching', about: 'The module looks for a network it may use (+CREG 2).' },
    home: { label: 'Home', about: 'Registered with the home network (+CREG 1).' },
    roaming: { label: 'Roaming', about: 'Registered with a foreign network (+CREG 5).' },
    denied: { label: 'Denied', about: 'The network refused the module (+CREG 3).' }
  },
  events: {
    SEARCH: 'search',
    FOUND_HOME: 'home network found',
    FOUND_ROAMING: 'other network found',
    DENIED: 'network refuses',
    RADIO_OFF: 'leaves',
    COVERAGE_LOST: 'coverage lost'
  }
})

/** `<stat>` of +CREG and +CGREG for each state. */
export const registrationNumbers: Readonly<Record<string, number>> = {
  idle: 0,
  home: 1,
  searching: 2,
  denied: 3,
  roaming: 5
}
