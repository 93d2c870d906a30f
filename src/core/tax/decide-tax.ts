import { domestic } from './rules/domestic.ts'
import type { TaxRate } from './tax-rate.ts'
import type { Supply, TaxDecision, TaxRule } from './tax-rule.ts'

/** All rules, the one that goes first before the others. A new rule is one file and one line here. */
const TAX_RULES: readonly TaxRule[] = [domestic]

/** @returns null where no rule decides: a document is not to be issued then, and never taxed at nought. */
export function decideTax(supply: Supply, rates: readonly TaxRate[]): TaxDecision | null {
  for (const rule of TAX_RULES) {
    const decision = rule.decide(supply, rates)
    if (decision !== null) return decision
  }
  return null
}
