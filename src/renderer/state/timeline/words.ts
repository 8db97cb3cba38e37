/**
 * The texts about copying or saving rows of the timeline. `rows`: how many, as `3 rows`. `size`: of their text, as `8.2
 * MB`.
 */
export const copyWords = {
  copied: (rows: string) => `${rows} copied.`,
  tooLarge: (rows: string, size: string) =>
    `The text of ${rows} has ${size}, too much for the clipboard. Save it as a file.`,
  /** The browser needs another click before it accepts the text. */
  ready: (rows: string, size: string) => `${rows} ready to copy, ${size}.`,
  finished: 'Copied.',
  refused: 'The browser does not allow this page to copy. Save a file instead.',
  saved: (rows: string, fileName: string) => `${rows} saved as ${fileName}.`
} as const
