import { dayOf } from '../../core/base/period.ts'
import { type PlannedDocument, printDocument } from '../../core/billing/plan-document.ts'
import { einvoiceFaults } from '../../core/invoicing/write-own-einvoice.ts'
import { Refusal } from '../../platform/problems.ts'
import type { LoadedFacts } from './load-facts.ts'
import { unconfirmedTaxIds } from './unconfirmed-tax-ids.ts'

/** In place of the number that the document will get: rules ask whether there is one. */
const SOME_NUMBER = '1'

/** What keeps documents from being the e-invoices that their customer asks for; nothing is looked at where it asks for none. */
export function einvoiceFaultsOf(facts: LoadedFacts, documents: readonly PlannedDocument[], nowMs: number): string[] {
  if (facts.customer.einvoice == null) return []
  const issuedOn = dayOf(nowMs, facts.account.zone)
  // Without its tax a document has no categories: what tax needs is told first.
  const decided = documents.filter(({ held }) => held.length === 0)
  const faults = decided.flatMap((planned) => {
    const ids = planned.lines.map((_, at) => String(at + 1))
    return einvoiceFaults(printDocument(facts, planned, { number: SOME_NUMBER, issuedOn, ids }))
  })
  return [...new Set(faults)]
}

/** @throws Refusal where a document that is asked for cannot be issued, with what must be filled in */
export function assertIssuable(facts: LoadedFacts, planned: PlannedDocument, nowMs: number): void {
  const { held } = planned
  if (held.length > 0) throw new Refusal('unprocessable', `its tax cannot be decided: ${held.join('; ')}`)
  const [unconfirmed] = facts.taxIds.policy === 'hold' ? unconfirmedTaxIds(facts, [planned], nowMs) : []
  if (unconfirmed !== undefined) throw new Refusal('unprocessable', unconfirmed)
  const faults = einvoiceFaultsOf(facts, [planned], nowMs)
  if (faults.length > 0)
    throw new Refusal('unprocessable', `it cannot be the e-invoice that its customer asks for: ${faults.join('; ')}`)
}
