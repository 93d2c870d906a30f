import { present } from '../../core/base/assert.ts'
import { type OutsideOf, type TaxFacts, taxFactsOf } from '../../core/billing/tax-facts.ts'
import type { RateTable } from '../../core/tax/rates/rate-table.ts'
import type { Database } from '../../platform/db.ts'
import { type Account, type Customer, type Issuer, listByIds } from '../parties/index.ts'
import { outsideTaxOf, type TenantEngine } from '../tax-engine/index.ts'
import { proofsOf, type TaxIdStanding, taxIdStandings } from '../tax-ids/index.ts'

/** Who sells to whom by some accounts, and how that is taxed. */
export interface AccountTaxes {
  readonly customerOf: (account: Account) => Customer
  readonly issuerOf: (account: Account) => Issuer
  /** What registers said of the tax ids of its customer. */
  readonly taxIdsOf: (account: Account) => TaxIdStanding
  readonly taxOf: (account: Account) => TaxFacts
}

/** Reads it for all of them at once. */
export async function taxesOfAccounts(
  db: Database,
  { rates, taxEngine }: { readonly rates: RateTable; readonly taxEngine: TenantEngine | null },
  accounts: readonly Account[],
): Promise<AccountTaxes> {
  const customers = await rowsById<Customer>(db, 'customer', new Set(accounts.map(({ customerId }) => customerId)))
  const issuers = await rowsById<Issuer>(db, 'issuer', new Set(accounts.map(({ issuerId }) => issuerId)))
  const customerOf = ({ customerId }: Account): Customer =>
    present(customers.get(customerId), 'the customer of an account')
  const issuerOf = ({ issuerId }: Account): Issuer => present(issuers.get(issuerId), 'the issuer of an account')
  const standingOf = await taxIdStandings(db, [...customers.keys()])
  const taxIdsOf = ({ customerId }: Account): TaxIdStanding => standingOf(customerId)
  const taxOf = (account: Account, outsideOf?: OutsideOf): TaxFacts => {
    const known = { proofs: proofsOf(taxIdsOf(account)), isAskedOutside: taxEngine !== null }
    const outside = outsideOf === undefined ? {} : { outsideOf }
    return taxFactsOf(issuerOf(account), customerOf(account), account, rates, { ...known, ...outside })
  }
  const parties = taxEngine === null ? [] : accounts.flatMap((account) => taxOf(account).terms ?? [])
  const outside = await outsideTaxOf(db, taxEngine, parties)
  return { customerOf, issuerOf, taxIdsOf, taxOf: (account) => taxOf(account, outside) }
}

async function rowsById<T extends { readonly id: string }>(
  db: Database,
  kind: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, T>> {
  const rows = (await listByIds(db, kind, [...ids])) as unknown as T[]
  return new Map(rows.map((row) => [row.id, row]))
}
