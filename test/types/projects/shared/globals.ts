// `shared` must see neither, because it runs in Node and in browsers. Compiled with `src/shared`.

// @ts-expect-error Node's Buffer
export const buffer = Buffer
// @ts-expect-error Node's process
export const program = process
// @ts-expect-error the page
export const page = document
// @ts-expect-error the window
export const board = window
// @ts-expect-error a timer of the machine: time comes in from outside
export const timer = setTimeout
// @ts-expect-error a package of Node
export type { Socket } from 'node:net'
