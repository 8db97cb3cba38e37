/**
 * Returns a count with its noun, such as `1 byte` or `2 bytes`. `many` is the plural if it does not just add an `s`.
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
