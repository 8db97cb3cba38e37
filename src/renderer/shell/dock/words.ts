/** The texts of the dock's tab strips. */
export const dockWords = {
  drag: (panel: string) => `${panel}. Drag to move the panel.`,
  dragOrEnlarge: (panel: string) => `${panel}. Drag to move the panel, double-click to enlarge or restore it.`,
  close: (panel: string) => `Close ${panel}`,
  enlarge: (panel: string) => `Enlarge ${panel}`,
  enlargeTitle: 'Enlarge (Alt+Enter)',
  restore: (panel: string) => `Restore ${panel}`,
  restoreTitle: 'Restore (Alt+Enter)'
} as const
