/** The groups of actions, in the order of the palette and of the sheet of keys. */
export const actionGroupWords = {
  general: 'General',
  goTo: 'Go to',
  panel: 'Panel',
  module: 'Module',
  network: 'Network',
  time: 'Time',
  appearance: 'Appearance',
  faults: 'Faults',
  product: 'Product',
  inPanel: 'In a panel'
} as const
