import type { PlannedDocument } from '../../core/billing/plan-document.ts'
import type { LoadedFacts } from './load-facts.ts'

const DAY_MS = 86_400_000

/**
 * Why documents without tax because of a tax id are not to be issued yet: sentences that say what to do; none where the policy is off.
 * What takes back documents of before has the tax that those had.
 */
export function unconfirmedTaxIds(
  facts: Pick<LoadedFacts, 'taxIds' | 'account' | 'issuer'>,
  documents: readonly PlannedDocument[],
  nowMs: number,
): string[] {
  const taxes = documents.flatMap(({ lines }) => lines.flatMap(({ tax = [] }) => tax))
  const named = taxes.flatMap(({ isCredit, decision: { restsOn } }) =>
    isCredit || restsOn === undefined ? [] : [restsOn],
  )
  return whyUnconfirmed(facts, [...new Set(named)], nowMs)
}

/** The same of some tax ids. */
export function whyUnconfirmed(
  { taxIds: { policy, days, verdicts }, account, issuer }: Pick<LoadedFacts, 'taxIds' | 'account' | 'issuer'>,
  named: readonly string[],
  nowMs: number,
): string[] {
  if (policy === 'off') return []
  return named.flatMap((taxId) => {
    const found = verdicts.get(taxId)
    const ask = `kvit customer check-tax-id ${account.customerId} --issuer ${issuer.key}`
    if (found === undefined) return [`no register has confirmed the tax id ${taxId}: ask (${ask})`]
    const day = found.askedAt.toISOString().slice(0, 10)
    if (!found.isValid)
      return [
        `${found.register} said on ${day} that nobody has the tax id ${taxId}: take it out of taxIds, or ask again (${ask})`,
      ]
    if (nowMs - found.askedAt.getTime() <= days * DAY_MS) return []
    return [`the tax id ${taxId} was confirmed on ${day}, more than ${days} days ago: ask again (${ask})`]
  })
}
