import { declareChart } from './chart.ts'

/** PDP context 1 (guide chapter 2.1, D-17). */
export const pdpChart = declareChart({
  id: 'pdp',
  title: 'PDP context',
  machine: {
    id: 'pdp',
    initial: 'inactive',
    states: {
      inactive: { on: { ACTIVATE: 'activating' } },
      activating: { on: { ACCEPTED: 'active', REJECTED: 'inactive', DROPPED: 'inactive' } },
      active: { on: { DEACTIVATE: 'inactive', DROPPED: 'inactive' } }
    }
  },
  states: {
    inactive: { label: 'Inactive', about: 'No address, no data. AT#SGACT=1,1 asks the network for one.' },
    activating: { label: 'Activating', about: 'The network was asked and has not answered yet.' },
    active: { label: 'Active', about: 'The module has an address and can open connections.' }
  },
  events: {
    ACTIVATE: '#SGACT=1,1',
    ACCEPTED: 'address given',
    REJECTED: 'refused',
    DEACTIVATE: '#SGACT=1,0',
    DROPPED: 'context lost'
  }
})
