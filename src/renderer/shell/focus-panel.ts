/** Moves the focus to the next panel in the order on the screen, row by row, and from the last to the first. */
export function focusNextPanel(step: 1 | -1): void {
  const panels = panelsAsTheyLie()
  const at = panels.findIndex((panel) => panel.contains(document.activeElement))
  const next = at < 0 ? panels.at(step > 0 ? 0 : -1) : panels[(at + step + panels.length) % panels.length]
  next?.focus()
}

/** Returns the id of the panel that has the focus, or had it when a sheet opened; `null` when none has. */
export function panelInFocus(): string | null {
  const active = document.activeElement
  if (!active?.closest('dialog')) lastId = active?.closest<HTMLElement>('[data-panel]')?.dataset['panel'] || null
  return lastId
}

let lastId: string | null = null

function panelsAsTheyLie(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-panel]')]
    .map((panel) => ({ panel, box: panel.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0)
    .toSorted((a, b) => a.box.top - b.box.top || a.box.left - b.box.left)
    .map(({ panel }) => panel)
}
