import type { Hash128 } from '../../core/base/hash.ts'
import type { Allowance } from '../../core/catalog/plan.ts'
import { Names } from './names.ts'
import { type AccountDefinitions, Parties } from './parties.ts'
import { PriceCatalog } from './price-catalog.ts'

/**
 * Customers, subscriptions and plans as charging sees them, in memory: who (`parties`), what (`catalog`), and numbers for
 * their names (`names`). What needs two of them is here.
 */
export class Definitions {
  readonly names = new Names()
  readonly catalog = new PriceCatalog(this.names)
  readonly parties: Parties

  /** @param hash finds services by their keys, as decoding hashes them. */
  constructor(hash: Hash128) {
    this.parties = new Parties(hash, this.names.accounts)
  }

  /** Adds accounts with their services and subscriptions, or brings them up to date; their plans are in the catalogue. */
  putAccounts(rows: AccountDefinitions): void {
    this.parties.put(rows, (planVersionId, phase) => this.catalog.numberOfPlan(planVersionId, phase))
  }

  /** What the plan that is in force at a time gives in every billing period. */
  allowancesAt(service: number, subscription: number, timeMs: number): readonly Allowance[] {
    return this.catalog.allowancesOf(this.parties.subscriptions.planAt(subscription, service, timeMs))
  }
}
