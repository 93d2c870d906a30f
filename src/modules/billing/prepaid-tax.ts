import { dayOf } from '../../core/base/period.ts'
import { payerOn } from '../../core/billing/payers.ts'
import { decideSold, type SoldTerms } from '../../core/billing/prepaid-sale.ts'
import type { Price } from '../../core/catalog/plan.ts'
import type { Database } from '../../platform/db.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import type { SoldTermsOf } from '../balances/index.ts'
import { findPlanVersions } from '../catalog/index.ts'
import { type Account, listAccountsByIds } from '../parties/index.ts'
import { intervalsOf, loadTimelines } from '../subscriptions/index.ts'
import { engineOf } from '../tax-engine/index.ts'
import { ratesInForce } from '../tax-rates/index.ts'
import { taxesOfAccounts } from './account-taxes.ts'
import { prepaidTaxSettings } from './prepaid-tax-settings.ts'
import { whyUnconfirmed } from './unconfirmed-tax-ids.ts'

const NONE: ReadonlyMap<string, SoldTerms> = new Map()

/**
 * How money of accounts is taxed that is sold now, where the settings say that it is taxed when it comes in. What cannot be decided, or could
 * pay for what is taxed otherwise, is taxed when it is used, as without the settings: it is a voucher for several purposes.
 */
export const soldTermsOf: SoldTermsOf = async (db, accountIds, nowMs) => {
  const { taxed, taxClass, description, issuers } = await settingValues(db, prepaidTaxSettings)
  if (taxed === 'at_use' || accountIds.length === 0) return NONE
  const all = await listAccountsByIds(db, accountIds)
  // What is billed to another account has its tax there.
  const own = all.filter(({ billedTo, zone }) => payerOn(billedTo, dayOf(nowMs, zone)) === null)
  const known = { rates: await ratesInForce(db), taxEngine: await engineOf(db) }
  const { taxOf, issuerOf, taxIdsOf } = await taxesOfAccounts(db, known, own)
  const classes = await classesOf(db, own, nowMs)
  const found = new Map<string, SoldTerms>()
  for (const account of own) {
    const issuer = issuerOf(account)
    if (issuers?.includes(issuer.key) === false) continue
    if (classes.get(account.id)?.isSubsetOf(new Set([taxClass])) === false) continue
    const soldOn = dayOf(nowMs, account.zone)
    const decision = decideSold(taxOf(account), taxClass, soldOn)
    if (decision === null) continue
    const { restsOn } = decision
    const facts = { taxIds: taxIdsOf(account), account, issuer }
    if (restsOn !== undefined && whyUnconfirmed(facts, [restsOn], nowMs).length > 0) continue
    found.set(account.id, { taxClass, description, soldOn, decision })
  }
  return found
}

/** The tax classes of what the plans in force of accounts charge from balances, by account. */
async function classesOf(
  db: Database,
  accounts: readonly Account[],
  nowMs: number,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const zones = new Map(accounts.map(({ id, zone }) => [id, zone]))
  const timelines = await loadTimelines(db, [...zones.keys()], { zones })
  const inForce = timelines.subscriptions.flatMap((row) => {
    const now = intervalsOf(timelines, row).find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs)
    return now === undefined ? [] : [{ accountId: row.accountId, planVersionId: now.planVersionId }]
  })
  const versions = await findPlanVersions(db, [...new Set(inForce.map(({ planVersionId }) => planVersionId))])
  const classes = new Map<string, Set<string>>()
  for (const { accountId, planVersionId } of inForce) {
    const own = classes.get(accountId) ?? new Set()
    classes.set(accountId, own)
    for (const price of versions.get(planVersionId)?.content.prices ?? [])
      if (isCharged(price)) own.add(price.taxClass ?? 'general')
  }
  return classes
}

/** Of what balances pay for when it is used: usage, and fees that are taken day by day. */
function isCharged(price: Price): price is Extract<Price, { kind: 'usage' | 'recurring' }> {
  return price.kind === 'usage' || (price.kind === 'recurring' && price.daily !== undefined)
}
