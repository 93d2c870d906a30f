import type { Threshold } from '../../core/charging/thresholds.ts'

/** How an account may use credit and the balances of others. */
export interface ChargingTerms {
  /** At the rating scale; null lets it owe whatever it uses. */
  readonly creditLimit: bigint | null
  /** The account whose shared balances and credit go first, with what may be used of each unit in a period. */
  readonly sponsor: { readonly accountId: string; readonly caps: ReadonlyMap<string, bigint> } | null
  readonly thresholds: readonly Threshold[]
}

/** What limits and watches accounts. Most have a credit limit that many have, and nothing else: theirs are one object. */
export class AccountTerms {
  private readonly byAccount = new Map<number, ChargingTerms>()
  private readonly byLimit = new Map<bigint, ChargingTerms>()

  get(account: number): ChargingTerms | undefined {
    return this.byAccount.get(account)
  }

  put(account: number, terms: ChargingTerms | null): void {
    if (terms === null) this.byAccount.delete(account)
    else this.byAccount.set(account, this.shared(terms))
  }

  private shared(terms: ChargingTerms): ChargingTerms {
    if (terms.creditLimit === null || terms.sponsor !== null || terms.thresholds.length > 0) return terms
    const shared = this.byLimit.get(terms.creditLimit) ?? terms
    this.byLimit.set(terms.creditLimit, shared)
    return shared
  }
}
