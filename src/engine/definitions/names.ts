import { present } from '../../core/base/assert.ts'
import { UuidNumbers } from '../columnar/uuid-numbers.ts'
import { NONE } from './service-directory.ts'

/** Names one rate of one price of one plan version. */
export type RateElementName = readonly [planVersionId: string, priceCode: string, cell: string]

/** A plan version in one of its phases; null where it has none. Its prices are those of the phase. */
export interface PlanInPhase {
  readonly planVersionId: string
  readonly phase: string | null
}

/**
 * The dictionaries of a partition: which number stands for which text. Numbers count from 0 in the order in which names are met,
 * are never reused, and hold until the partition stops: the journal has texts. Services and subscriptions are numbered by
 * their own tables, where the number is the row.
 */
export class Names {
  /** Accounts by their ids. */
  readonly accounts = new UuidNumbers()
  private readonly rateElements: RateElementName[] = []
  private readonly rateElementNumbers = new Map<string, number>()
  private readonly plans: PlanInPhase[] = []
  private readonly planNumbers = new Map<string, number>()

  /** The number of a rate element, which it gets if it has none: recovery meets counters of prices that nothing reads any more. */
  numberOfRateElement(name: RateElementName): number {
    const key = name.join('\n')
    const known = this.rateElementNumbers.get(key)
    if (known !== undefined) return known
    const number = this.rateElements.push(name) - 1
    this.rateElementNumbers.set(key, number)
    return number
  }

  /** The name of a number that `numberOfRateElement` gave. */
  rateElement(number: number): RateElementName {
    return present(this.rateElements[number], 'a rate element')
  }

  /** The number of a plan version in a phase; NONE where it has none. */
  findPlan(planVersionId: string, phase: string | null): number {
    return this.planNumbers.get(planKey(planVersionId, phase)) ?? NONE
  }

  /** Numbers a plan version in a phase that has no number yet. */
  addPlan(planVersionId: string, phase: string | null): number {
    const number = this.plans.push({ planVersionId, phase }) - 1
    this.planNumbers.set(planKey(planVersionId, phase), number)
    return number
  }

  /** The plan version in its phase of a number that `addPlan` gave. */
  plan(number: number): PlanInPhase {
    return present(this.plans[number], 'a plan version')
  }

  /** The numbers of a plan version: as a whole, and in those of its phases that were met. */
  plansOfVersion(planVersionId: string): number[] {
    return [...this.plans.keys()].filter((number) => this.plan(number).planVersionId === planVersionId)
  }
}

/** Phases are codes, in which no line ends. */
function planKey(planVersionId: string, phase: string | null): string {
  return phase === null ? planVersionId : `${planVersionId}\n${phase}`
}
