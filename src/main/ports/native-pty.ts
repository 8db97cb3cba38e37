import { createRequire } from 'node:module'
import { PortError } from './port-error.ts'

/** A new pseudo terminal: two file descriptors, which the caller must close, and the path of the slave. */
export interface NativePty {
  readonly master: number
  readonly slave: number
  readonly path: string
}

/** The part of node-pty's `native` that is used here. The package exports it untyped and calls it non-public. */
interface NodePtyNative {
  open(columns: number, rows: number): { master: number; slave: number; pty: string }
}

/**
 * Makes a pseudo terminal pair. Not by node-pty's public `open()`, which reads the slave itself and so takes away
 * output of the module. Throws a `PortError` when the machine has no ptys or node-pty is missing.
 */
export function openNativePty(load: () => unknown = loadNodePty): NativePty {
  const native = nativeOf(load)
  try {
    const { master, slave, pty } = native.open(80, 24)
    return { master, slave, path: pty }
  } catch (error) {
    throw new PortError('no-pty', `The system gives no new pseudo terminal (${(error as Error).message}).`, error)
  }
}

function nativeOf(load: () => unknown): NodePtyNative {
  if (process.platform === 'win32') {
    throw new PortError('no-pty', 'Windows has no pseudo terminals; use --tcp PORT or --serial PATH for the AT port.')
  }
  let native: NodePtyNative | null | undefined
  try {
    native = (load() as { native?: NodePtyNative | null }).native
  } catch (error) {
    throw new PortError(
      'no-pty',
      'The package node-pty is not built, so there is no pty: install python3, make and g++, then run npm ci.',
      error
    )
  }
  if (typeof native?.open !== 'function') {
    throw new PortError(
      'no-pty',
      'This version of node-pty has no native.open, so there is no pty: install the version that package-lock.json names.'
    )
  }
  return native
}

/** Loaded on first use: without it the simulator still serves TCP. */
function loadNodePty(): unknown {
  return createRequire(import.meta.url)('node-pty')
}
