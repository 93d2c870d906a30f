import { present } from '../../core/base/assert.ts'
import type { Balances } from '../../core/charging/balances.ts'
import type { Payer } from '../../core/charging/deductions.ts'
import type { ChargingTerms } from './account-terms.ts'
import type { Definitions } from './definitions.ts'

/** Who pays for an account's usage: its sponsor, if it has one, then the account itself. @param balancesOf finds or makes them. */
export function payersOf(
  definitions: Definitions,
  account: number,
  balancesOf: (account: number) => Balances,
): Payer[] {
  const terms = definitions.parties.termsOf(account)
  const own = payerOf(account, terms, null, balancesOf)
  if (terms?.sponsor == null) return [own]
  const { accountId, caps } = terms.sponsor
  const sponsor = present(definitions.parties.numberOfAccount(accountId), 'the sponsor')
  return [payerOf(sponsor, definitions.parties.termsOf(sponsor), caps, balancesOf), own]
}

function payerOf(
  account: number,
  terms: ChargingTerms | undefined,
  caps: Payer['caps'],
  balancesOf: (account: number) => Balances,
): Payer {
  return { balances: balancesOf(account), creditLimit: terms?.creditLimit ?? null, caps }
}
