import type { Buyer, Seller, TaxPlace } from '../../core/tax/supply.ts'
import type { Tax, TaxCategory } from '../../core/tax/tax.ts'

/** What an engine is asked: how one supply is taxed. It is told no amount of a customer: Kvit computes those. */
export interface EngineQuestion {
  readonly seller: Seller
  readonly buyer: Buyer
  /** Goods may go elsewhere than to the buyer's address. */
  readonly deliveredTo: TaxPlace | null
  readonly currency: string
  /** Kvit's class, and the engine's own code of it where the tenant has set one. */
  readonly taxClass: string
  readonly taxCode: string | null
  readonly suppliedOn: string
}

export type EngineAnswer =
  | {
      readonly outcome: 'decided'
      /** In the order in which they are computed; none where nothing is due. */
      readonly taxes: readonly Pick<Tax, 'kind' | 'name' | 'place' | 'percent'>[]
      /** Of a supply without tax: exempt or outside the tax. */
      readonly category: TaxCategory
      /** The engine's own name of the answer. */
      readonly reference: string | null
      /** Its own words of why, where it has any. */
      readonly why: string | null
    }
  /** It answers that it cannot: something is wrong with what it was asked, or with the account at it. */
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'no_answer'; readonly reason: string }

/** How a tenant is known at an engine. */
export interface EngineAccount {
  readonly account: string
  readonly secret: string
  /** The company within the account. */
  readonly company: string
}

/** Who says how supplies are taxed, such as Avalara. */
export interface TaxEngine {
  readonly name: string
  /** Never throws: what goes wrong is no answer. @param signal ends the wait */
  readonly decide: (question: EngineQuestion, as: EngineAccount, signal: AbortSignal) => Promise<EngineAnswer>
}
