import { declareChart } from './chart.ts'

/** Power of the module (D-29, D-36): the ON key, #SHDN, #REBOOT and the power supply. */
export const powerChart = declareChart({
  id: 'power',
  title: 'Power',
  machine: {
    id: 'power',
    initial: 'off',
    states: {
      off: { on: { ON_KEY: 'booting' } },
      booting: { on: { BOOTED: 'on', SHUT_DOWN: 'off', RESTART: 'booting', UNPLUG: 'off' } },
      on: { on: { SHUT_DOWN: 'off', RESTART: 'booting', UNPLUG: 'off' } }
    }
  },
  states: {
    off: { label: 'Off', about: 'The module is powered off. The ON key starts it.' },
    booting: { label: 'Booting', about: 'The module starts; commands are not heard yet.' },
    on: { label: 'On', about: 'The module is on and takes AT commands.' }
  },
  events: {
    ON_KEY: 'ON key',
    BOOTED: 'boot time over',
    SHUT_DOWN: '#SHDN',
    RESTART: '#REBOOT',
    UNPLUG: 'power lost'
  }
})
