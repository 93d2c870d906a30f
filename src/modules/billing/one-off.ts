import { isDeepStrictEqual } from 'node:util'
import { dayOf } from '../../core/base/period.ts'
import { type PlannedDocument, planItems } from '../../core/billing/plan-document.ts'
import type { Item } from '../../core/invoicing/invoice-lines.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import { findByPurpose } from '../invoices/index.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { tellBalances } from './bill-accounts.ts'
import { askForDueDrafts } from './draft-due.ts'
import { loadWaits } from './draft-store.ts'
import { issueOrKeep } from './issue.ts'
import { type Billing, type BillingSources, type LoadedFacts, loadAccount } from './load-facts.ts'
import { findOneOff, insertOneOff, type OneOff, purposeOf } from './one-off-store.ts'

/** What was made of a request: a document, or a draft. */
export interface OneOffOutcome {
  readonly oneOff: OneOff
  readonly invoiceId: string | null
  readonly draftId: string | null
}

/** Makes an invoice of lines that somebody wrote, or a draft of it. Asked again with the same key, the same one. */
export async function makeOneOff(
  billing: Billing,
  accountId: string,
  { key, ...content }: { readonly key: string } & OneOff['content'],
  { id: requestedBy, person: requestedByPerson }: Person,
): Promise<OneOffOutcome> {
  const oneOff = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    await lockAccount(db, accountId)
    const known = await findOneOff(db, { key })
    if (known !== undefined) {
      // Days that were left out are those of the first time.
      if (known.accountId === accountId && isSameAsked(known, content)) return known
      throw new Refusal('conflict', `the key ${key} was used for another one-off invoice`)
    }
    const createdAt = new Date(billing.nowMs)
    const row = { id: newId(), key, accountId, content, requestedBy, requestedByPerson, createdAt }
    await insertOneOff(db, row)
    await issueWithin(billing, db, row)
    return row
  })
  return outcomeOf(billing, oneOff)
}

/** Lines that follow from what is stored, and what is to be stored with the request for their invoice. */
interface LinesToBill {
  readonly key: string
  readonly items: readonly Item[]
  readonly store: () => Promise<void>
}

/**
 * The same for lines that are computed under the lock on the account's row: two at once compute one after the other. Nothing is made where
 * there are none. @param linesFor is given the id of the one-off invoice, in the transaction that issues it
 */
export async function billLines(
  billing: Billing,
  accountId: string,
  linesFor: (db: Database, account: Account, oneOffId: string) => Promise<LinesToBill | null>,
  { id: requestedBy, person: requestedByPerson }: Person,
): Promise<OneOffOutcome | null> {
  const oneOff = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const id = newId()
    const lines = await linesFor(db, account, id)
    if (lines === null) return null
    const content = { items: lines.items, isDraft: false, isAdvance: false }
    const createdAt = new Date(billing.nowMs)
    const row = { id, key: lines.key, accountId, content, requestedBy, requestedByPerson, createdAt }
    await insertOneOff(db, row)
    await lines.store()
    await issueWithin(billing, db, row)
    return row
  })
  return oneOff === null ? null : outcomeOf(billing, oneOff)
}

async function outcomeOf(billing: Billing, oneOff: OneOff): Promise<OneOffOutcome> {
  const { accountId } = oneOff
  await tellBalances(billing, accountId)
  const db = inSchema(billing.db, billing.tenant.schema)
  const invoiceId = (await findByPurpose(db, accountId, purposeOf(oneOff))) ?? null
  const { drafts } = await loadWaits(db, accountId)
  return { oneOff, invoiceId, draftId: drafts.find(({ purpose }) => purpose === purposeOf(oneOff))?.id ?? null }
}

function isSameAsked({ content }: OneOff, asked: OneOff['content']): boolean {
  const said = ({ from: _from, until: _until, ...item }: Item): object => item
  const of = ({ isDraft, isAdvance = false, items }: OneOff['content']): unknown => [
    isDraft,
    isAdvance,
    items.map(said),
  ]
  return isDeepStrictEqual(of(content), of(asked))
}

/** Issues a one-off that waits as a draft. @returns the id of the document, none where it waits on */
export async function issueOneOff(
  billing: Billing,
  id: string,
  accountId: string,
  earlyId: string | null,
): Promise<readonly string[]> {
  const ids = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    await lockAccount(db, accountId)
    return issueWithin(billing, db, (await findOneOff(db, { id })) as OneOff, earlyId)
  })
  await tellBalances(billing, accountId)
  return ids
}

async function issueWithin(
  billing: Billing,
  db: Database,
  oneOff: OneOff,
  earlyId: string | null = null,
): Promise<readonly string[]> {
  const { id, accountId, content } = oneOff
  const known = await findByPurpose(db, accountId, purposeOf(oneOff))
  if (known !== undefined) return [known]
  const { facts, planned } = await oneOffOf(billing, db, await lockAccount(db, accountId), oneOff, billing.nowMs)
  if (planned.totalMinor < 0n) throw new Refusal('unprocessable', 'a one-off invoice comes to zero or more')
  const due = { kind: 'one_off', purpose: planned.purpose, day: planned.day, documents: [planned] } as const
  const asked = { ...due, request: { oneOffId: id }, isDraft: content.isDraft }
  const waits = await loadWaits(db, accountId)
  const outcome = await issueOrKeep(billing, db, { facts, due: asked, waits, earlyId })
  if ('ids' in outcome) return outcome.ids
  await askForDueDrafts(db, billing.nowMs)
  return []
}

/** What it would be now: it bills the day on which it is issued. */
export async function oneOffOf(
  sources: BillingSources,
  db: Database,
  account: Account,
  oneOff: Pick<OneOff, 'id' | 'content'>,
  nowMs: number,
): Promise<{ readonly facts: LoadedFacts; readonly planned: PlannedDocument }> {
  const day = dayOf(nowMs, account.zone)
  const facts = await loadAccount(sources, db, account, day)
  const { items, isAdvance = false } = oneOff.content
  return { facts, planned: planItems(facts, { day, purpose: purposeOf(oneOff), items, isAdvance }) }
}
