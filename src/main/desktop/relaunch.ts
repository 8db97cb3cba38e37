/** Returns the index of the program's first own argument. Electron's switches may stand before the program's path. */
export function ownArgumentsAt({
  argv,
  defaultApp
}: {
  readonly argv: readonly string[]
  readonly defaultApp: boolean
}): number {
  return defaultApp ? argv.findIndex((part, index) => index > 0 && !part.startsWith('-')) + 1 : 1
}

/**
 * Returns how Electron restarts the program with another state folder. An AppImage is unmounted when its program ends,
 * so the image itself is started.
 */
export function relaunchOptions({
  argv,
  at,
  rest,
  folder,
  image
}: {
  readonly argv: readonly string[]
  readonly at: number
  readonly rest: readonly string[]
  readonly folder: string
  readonly image: string | undefined
}) {
  return { args: [...argv.slice(1, at), ...argumentsWithState(rest, folder)], ...(image ? { execPath: image } : {}) }
}

/** Returns the program's arguments (without its name) with another state folder and everything else unchanged. */
export function argumentsWithState(args: readonly string[], folder: string): string[] {
  const others: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--state') at += 1
    else if (!args[at]!.startsWith('--state=')) others.push(args[at]!)
  }
  return [...others, '--state', folder]
}
