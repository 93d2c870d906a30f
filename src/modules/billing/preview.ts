import { cycleOf, dayOf, periodIndexOf, periodStart } from '../../core/base/period.ts'
import { momentsOf } from '../../core/billing/moments.ts'
import { planBills, printDocument } from '../../core/billing/plan-document.ts'
import type { Engine } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getRow } from '../parties/index.ts'
import { loadAccount, sourcesOf } from './load-facts.ts'

/** Documents that a preview shows; a bill run that is years late makes more. */
const MAX_DOCUMENTS = 100
/** In place of the number that a document will get. */
const NO_NUMBER = 'preview'

/**
 * The documents that a bill run until a day would issue with what is known now; nothing is stored, no number is taken.
 * Each is computed as a bill run does, after those before it.
 * @param at the end of the account's current billing period unless set.
 */
export async function previewNext(
  engine: Engine,
  { db, tenant, nowMs }: ReadContext,
  reference: string,
  at: string | undefined,
): Promise<object> {
  const account = await getRow(db, 'account', reference)
  const { cycleAnchor } = account
  const cycle = cycleOf(account)
  const index = periodIndexOf(cycleAnchor, cycle, dayOf(nowMs, account.zone))
  const until = at ?? periodStart(cycleAnchor, cycle, index + 1)
  // Before anything is computed: each period ahead takes its part of it.
  if (until > periodStart(cycleAnchor, cycle, index + MAX_DOCUMENTS)) throw tooMany()
  const sources = await sourcesOf(engine, db, tenant)
  const facts = await loadAccount(sources, db, account, until)
  const moments = momentsOf(facts, until)
  if (moments.length > MAX_DOCUMENTS) throw tooMany()
  const documents = planBills(facts, moments).map((planned) => {
    const { day: billingDay, purpose, lines, held } = planned
    const ids = lines.map((_, at) => `${billingDay}/${at + 1}`)
    const printed = printDocument(facts, planned, { number: NO_NUMBER, issuedOn: billingDay, ids })
    return { billingDay, purpose, ...printed, ...(held.length === 0 ? {} : { held }) }
  })
  return { account: account.key, until, usageAsOf: new Date(nowMs).toISOString(), documents }
}

function tooMany(): Refusal {
  return new Refusal('unprocessable', `that would be more than ${MAX_DOCUMENTS} documents; ask for an earlier day`)
}
