/** How the program was started: Electron's own switches may stand before its path; what follows that path is ours. */
export function ownArgumentsAt({
  argv,
  defaultApp
}: {
  readonly argv: readonly string[]
  readonly defaultApp: boolean
}): number {
  return defaultApp ? argv.findIndex((part, index) => index > 0 && !part.startsWith('-')) + 1 : 1
}

/** How Electron starts it again with another state folder. The program of an AppImage is gone once it ends; the image is what can be started. */
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

/**
 * The program's arguments (without its own name) with another state folder: what the menu starts it again with. Everything
 * else stays as it was asked for.
 */
export function argumentsWithState(args: readonly string[], folder: string): string[] {
  const others: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--state') at += 1
    else if (!args[at]!.startsWith('--state=')) others.push(args[at]!)
  }
  return [...others, '--state', folder]
}
