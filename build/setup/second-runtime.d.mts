export function secondRuntime(root: string): string | null
export function ensureSecondRuntime(root: string): Promise<void>
