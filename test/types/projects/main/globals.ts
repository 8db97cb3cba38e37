// `main` must not see the globals of a page. Compiled with `src/main`.

// @ts-expect-error the page
export const page = document
// @ts-expect-error the window
export const board = window
// @ts-expect-error the browser's storage
export const storage = localStorage
