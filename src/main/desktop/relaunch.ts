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
