import { dayOf, periodAt, periodIndexOf, periodStart } from '../../core/base/period.ts'
import type { Engine } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { cycleOf, getRow } from '../parties/index.ts'
import { billingOf, linesAt, momentsOf, readFacts } from './account-lines.ts'
import { documentOf, documentsAt, toRow } from './bill-account.ts'
import { addBilled, billedBefore } from './billed-before.ts'

/** Documents that a preview shows; a bill run that is years behind makes more. */
const MAX_DOCUMENTS = 100
/** Where the number of a document will stand. */
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
  const cycle = cycleOf(account)
  const today = dayOf(nowMs, account.zone)
  const index = periodIndexOf(account.cycleAnchor, cycle, today)
  const until = at ?? periodAt(account.cycleAnchor, cycle, index).end
  // Before anything is computed: each period ahead takes its part of it.
  if (until > periodStart(account.cycleAnchor, cycle, index + MAX_DOCUMENTS)) throw tooMany()
  const billing = await billingOf(db, engine, tenant, nowMs)
  let facts = await readFacts(billing, db, account, until)
  let before = await billedBefore(db, account.id)
  const moments = momentsOf(facts, until)
  if (moments.length > MAX_DOCUMENTS) throw tooMany()
  const documents: object[] = []
  for (const { day, purpose } of moments) {
    const lines = linesAt(facts, before, day).map((line, index) => ({ ...line, id: `${day}/${index + 1}` }))
    facts = { ...facts, account: { ...facts.account, billedUntil: day } }
    if (lines.length === 0) continue
    before = addBilled(
      before,
      lines.map((line, index) => ({ ...toRow(account, NO_NUMBER, line, index + 1), billingDay: day })),
    )
    for (const planned of documentsAt({ day, purpose }, lines))
      documents.push({
        billingDay: day,
        purpose: planned.purpose,
        ...(await documentOf(db, facts, planned.lines as typeof lines, NO_NUMBER, day)),
      })
  }
  return { account: account.key, until, usageAsOf: new Date(nowMs).toISOString(), documents }
}

function tooMany(): Refusal {
  return new Refusal('unprocessable', `that would be more than ${MAX_DOCUMENTS} documents; ask for an earlier day`)
}
