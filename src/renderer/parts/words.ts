/** The texts of the parts that several panels use. */
export const partWords = {
  copy: {
    copy: (what: string) => `Copy ${what}`,
    copied: 'Copied',
    refused: 'The browser does not allow copying. Select the text and copy it by hand.'
  },
  sheet: { close: 'Close' },
  tabs: (panel: string) => `Tabs of ${panel}`
} as const
