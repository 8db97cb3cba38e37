// `renderer` must not see Node's globals. Compiled with `src/renderer`.

// @ts-expect-error Node's Buffer
export const buffer = Buffer
// @ts-expect-error Node's process
export const program = process
// @ts-expect-error a module loader of Node
export const load = require
// @ts-expect-error a package of Node
export type { Socket } from 'node:net'
