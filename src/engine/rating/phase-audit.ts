import { isOfPhase } from '../../core/catalog/plan.ts'
import type { CompiledCatalog } from '../definitions/price-catalog.ts'
import { recordsOf } from '../journal/change.ts'
import type { SegmentFacts } from '../journal/segment.ts'

/**
 * The phase that a plan version is in for a subscription at a time; null where the version has no phases, or the subscription is
 * not known.
 */
export type PhaseOf = (subscriptionId: string, planVersionId: string, atMs: number) => string | null

/** Records that one price has charged in one phase, and one of them. */
interface Charged {
  readonly planVersionId: string
  readonly priceCode: string
  readonly phase: string
  readonly example: string
  /** Without those that corrections have reversed. */
  records: number
}

/** Whether every record was charged by prices of the phase that its subscription was in at its time. */
export class PhaseAudit {
  private readonly phaseOf: PhaseOf
  private readonly charged = new Map<string, Charged>()

  constructor(phaseOf: PhaseOf) {
    this.phaseOf = phaseOf
  }

  observe(facts: SegmentFacts): void {
    let [record, own] = [-1, '']
    facts.chargeRecord.forEach((row, charge) => {
      const [planVersionId, priceCode] = facts.cells[facts.chargeRateKey[charge] as number] as readonly [
        string,
        string,
        string,
      ]
      if (row !== record) [record, own] = [row, planVersionId]
      // Charges of other plans follow from the record's own.
      if (planVersionId !== own) return
      const subscriptionId = facts.subscriptions[facts.subscription[row] as number] as string
      const phase = this.phaseOf(subscriptionId, planVersionId, facts.startMs[row] as number)
      if (phase === null) return
      const key = [planVersionId, priceCode, phase].join('\n')
      const name = `${facts.id[row]} of ${facts.sources[facts.source[row] as number]}`
      const entry = this.charged.get(key) ?? { planVersionId, priceCode, phase, example: name, records: 0 }
      entry.records += recordsOf(facts.changes[(facts.change[row] as number) - 1])
      this.charged.set(key, entry)
    })
  }

  /** Prices that have charged records of phases that they are not for. */
  wrong({ plans }: CompiledCatalog): string[] {
    return [...this.charged.values()].flatMap(({ planVersionId, priceCode, phase, example, records }) => {
      const price = plans.get(planVersionId)?.prices.find((one) => one.price.code === priceCode)?.price
      if (records <= 0 || price === undefined || isOfPhase(price, phase)) return []
      return [`${records} records of the phase ${phase} by price ${priceCode}, such as ${example}`]
    })
  }
}
