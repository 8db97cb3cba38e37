/** Why nothing answers an echo request to an address outside the lab. */
export function noEcho(address: string): string {
  return `No echo came from ${address}: ICMP leaves this machine only by programs with rights for it.`
}
