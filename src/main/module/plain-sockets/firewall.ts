/** `#FRWL`: whose calls the module accepts (at-reference 13). Empty at power-on: then it accepts nobody. */
export class Firewall {
  #rules: readonly FirewallRule[] = []

  get rules(): readonly FirewallRule[] {
    return this.#rules
  }

  /** Returns whether a dotted address matches a rule: address and mask agree with those of the rule. */
  accepts(address: string): boolean {
    return this.#rules.some((rule) => (bits(address) & bits(rule.mask)) === (bits(rule.address) & bits(rule.mask)))
  }

  add(rule: FirewallRule): void {
    this.remove(rule)
    this.#rules = [...this.#rules, rule]
  }

  /** Removes a rule. Returns false when there is none like it. */
  remove({ address, mask }: FirewallRule): boolean {
    const others = this.#rules.filter((one) => one.address !== address || one.mask !== mask)
    const removed = others.length < this.#rules.length
    this.#rules = others
    return removed
  }

  clear(): void {
    this.#rules = []
  }
}

export interface FirewallRule {
  /** Both dotted. */
  readonly address: string
  readonly mask: string
}

const bits = (dotted: string): number => dotted.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0)
