import { toRatingScale } from '../base/money.ts'
import { periodStart } from '../base/period.ts'
import type { BillingMoment } from '../invoicing/billing-moments.ts'
import type { CorrectedAmounts } from '../invoicing/corrected-line.ts'
import { buildDocument, type InvoiceDocument } from '../invoicing/document.ts'
import { billableKey, type InvoiceLine, type Item, targetKey } from '../invoicing/invoice-lines.ts'
import { itemLines } from '../invoicing/items.ts'
import { type BillPart, splitLines } from '../invoicing/split-bill.ts'
import type { Posting } from '../ledger/chart.ts'
import { compiledPriceOf } from '../rating/compiled-plans.ts'
import type { TaxQuestion } from '../tax/outside-engine.ts'
import type { AccountFacts } from './account-facts.ts'
import { linesAt, usageLinesAt } from './account-lines.ts'
import { advancesOff } from './advances.ts'
import { collectBillables } from './billables.ts'
import { addBilled, asBilled } from './billed-lines.ts'
import { chargeOf, chargesIn, grossOf, postingsOf, totalOf } from './document-amounts.ts'
import { inOne } from './in-one.ts'
import { leftOf } from './line-taxes.ts'
import { taxLines } from './tax-lines.ts'

/** A document that is to be issued, with all that follows from the facts: it has no number, no day of issue and no ids yet. */
export interface PlannedDocument {
  readonly kind: InvoiceDocument['kind']
  /** The day that it bills, and what for: there is one for an account, day and purpose. */
  readonly day: string
  readonly purpose: string
  /** Of a bill that is split: which of its documents it is. */
  readonly part: BillPart | null
  /** In the order in which they are printed. */
  readonly lines: readonly InvoiceLine[]
  /** What is to be paid, with tax. */
  readonly totalMinor: bigint
  /** It is not to be issued until this is filled in: its tax cannot be decided. Sentences; it is computed without tax. */
  readonly held: readonly string[]
  /** What an engine of tax outside has to answer before. */
  readonly asks: readonly TaxQuestion[]
  readonly postings: readonly Posting[]
  /** It bills money that is drawn down, or credits it: balances do not settle it. */
  readonly sellsBalance: boolean
  /** What it bills beyond the charges of usage, at the rating scale: fees, and the rounding of lines. Balances are moved by it. */
  readonly beyondCharges: bigint
  /** By account: charges of others that it bills, at the rating scale; their balances owe them no more. */
  readonly chargesOfOthers: ReadonlyMap<string, bigint>
  /** Where it is a note on documents before: why, and their numbers. */
  readonly correction: { readonly reason: string; readonly corrects: readonly string[] } | null
}

/**
 * The documents of an account's moments, in their order. Each moment is computed after those before it: what they bill is
 * taken from the whole.
 * @param moments those that are not done (`momentsOf`)
 */
export function planBills(known: AccountFacts, moments: readonly BillingMoment[]): PlannedDocument[] {
  const documents: PlannedDocument[] = []
  let facts = known
  for (const [index, moment] of moments.entries()) {
    const { day } = moment
    const own = documentsAt(facts, moment, linesAt(facts, day))
    documents.push(...own)
    if (index === moments.length - 1) break
    const after = withBilled(
      facts,
      own.flatMap((document) => document.lines),
      day,
    )
    facts = { ...billedUntil(after, day), ...withChildren(after, (child) => billedUntil(child, day)) }
  }
  return documents
}

/** The documents of a moment: what is bought to be drawn down has its own, which balances do not settle; and both may be split. */
function documentsAt(facts: AccountFacts, moment: BillingMoment, lines: readonly InvoiceLine[]): PlannedDocument[] {
  const { true: bought = [], false: charged = [] } = Object.groupBy(lines, ({ kind }) => `${kind === 'commit'}`)
  return [...planParts(facts, { ...moment, purpose: 'commit' }, bought), ...planParts(facts, moment, charged)]
}

/**
 * An interim invoice, which may be split, once the usage that the account was not billed for has come to a threshold: usage up to now, with what
 * caps and discounts take of it. What the period's own invoice bills is the rest, by the same subtraction.
 */
export function planInterim(
  facts: AccountFacts,
  moment: { readonly day: string; readonly purpose: string },
  thresholdMinor: bigint,
): PlannedDocument[] {
  const lines = usageLinesAt(facts, moment.day)
  return totalOf(lines) < thresholdMinor ? [] : planParts(facts, moment, lines)
}

/** Which counters a note is about, and what it is for: one note an account and cause. */
export interface CorrectionCause {
  /** Names the cause among all of an account, such as a re-rating. */
  readonly purpose: string
  readonly reason: string
  readonly planVersionIds: ReadonlySet<string>
  /** First days of billing periods, half-open. */
  readonly from: string
  readonly until: string
}

/**
 * A note that bills at once by how much the usage of periods that are billed already has changed; null where nothing has. It
 * names the documents that billed this usage before. What else of these periods is not billed yet comes with it.
 */
export function planNote(facts: AccountFacts, cause: CorrectionCause): PlannedDocument | null {
  const { billedUntil: day } = facts.account
  if (day === null) return null
  const due = new Set(
    collectBillables(facts, day)
      .filter(({ kind, period }) => kind === 'usage' && period.end > cause.from && period.start < cause.until)
      .map(targetKey),
  )
  // With what caps and discounts take of it. What was charged again did not come late.
  const isOfCause = ({ planVersionId }: InvoiceLine): boolean => cause.planVersionIds.has(planVersionId)
  const lines = usageLinesAt(facts, day)
    .filter((line) => due.has(targetKey(line)))
    .map((line) => (isOfCause(line) ? { ...line, isLate: false } : line))
  // Usage that moved to a version of the same price waits for the next document of its period, which bills both sides of it.
  if (totalOf(lines.filter(isOfCause)) === 0n) return null
  const starts = new Set(lines.map(({ period }) => period.start))
  const corrects = [...facts.billed.documents].flatMap(([number, own]) => (own.isDisjointFrom(starts) ? [] : [number]))
  return planDocument(facts, { day, purpose: cause.purpose }, lines, { reason: cause.reason, corrects })
}

/**
 * A document of items that somebody wrote: it is about no plan.
 * @param purpose names it among all of an account
 * @param correction where it charges more besides a document of before
 */
export function planItems(
  facts: AccountFacts,
  { items, isAdvance = false, ...place }: Place & { readonly items: readonly Item[]; readonly isAdvance?: boolean },
  correction: PlannedDocument['correction'] = null,
): PlannedDocument {
  const lines = itemLines(items, place.purpose, facts.account.currency, isAdvance ? 'advance' : 'item')
  return planDocument(facts, place, lines, correction)
}

/** Where and when a document is issued, and which part of a bill it is. */
interface Place {
  readonly day: string
  readonly purpose: string
  readonly part?: BillPart | null | undefined
}

/** A document for each part of a bill. What was paid in advance comes off the first ones. */
function planParts(known: AccountFacts, { day, purpose }: Place, untaxed: readonly InvoiceLine[]): PlannedDocument[] {
  let facts = known
  return splitLines(untaxed, facts.split).map(({ part, lines }) => {
    const document = planDocument(facts, { day, purpose, part }, lines)
    if ((facts.advances ?? []).length > 0) facts = withBilled(facts, document.lines, day)
    return document
  })
}

function withBilled(facts: AccountFacts, lines: readonly InvoiceLine[], day: string): AccountFacts {
  const byAccount = Map.groupBy(lines, ({ accountId }) => accountId)
  const add = (one: AccountFacts, accountId?: string): AccountFacts => {
    const own = byAccount.get(accountId)
    return own === undefined
      ? one
      : {
          ...one,
          billed: addBilled(
            one.billed,
            own.map((line) => asBilled(line, day)),
          ),
        }
  }
  return { ...add(facts), ...withChildren(facts, (child) => add(child, child.account.id)) }
}

function billedUntil(facts: AccountFacts, day: string): AccountFacts {
  return { ...facts, account: { ...facts.account, billedUntil: day } }
}

function withChildren(
  { children }: AccountFacts,
  change: (child: AccountFacts) => AccountFacts,
): Pick<AccountFacts, 'children'> {
  return children === undefined ? {} : { children: children.map(change) }
}

function planDocument(
  facts: AccountFacts,
  place: Place,
  untaxed: readonly InvoiceLine[],
  correction: PlannedDocument['correction'] = null,
): PlannedDocument {
  const taxed = taxLines(facts, untaxed)
  const { lines, held, asks } = 'held' in taxed ? { ...taxed, lines: untaxed } : { ...taxed, held: [], asks: [] }
  const off = correction === null && held.length === 0 ? advancesOff(facts, lines) : []
  return { ...composeDocument(facts, place, [...lines, ...off], correction, held), asks }
}

/** A document of lines that are taxed already. */
export function composeDocument(
  facts: AccountFacts,
  { day, purpose, part = null }: Place,
  lines: readonly InvoiceLine[],
  correction: PlannedDocument['correction'],
  held: readonly string[] = [],
): PlannedDocument {
  const { account, plans } = facts
  const { currency } = account
  const totalMinor = grossOf(lines)
  const charges = chargesByAccount(facts, lines)
  const noted = correction === null ? 'invoice' : 'debit_note'
  return {
    kind: totalMinor < 0n ? 'credit_note' : noted,
    ...{ day, purpose, part, lines, totalMinor, held, correction, asks: [] },
    postings: postingsOf(account, plans, lines),
    sellsBalance: lines.every((line) => chargeOf(line) === 'commit'),
    beyondCharges: toRatingScale(totalMinor, currency) - (charges.get(account.id) ?? 0n),
    chargesOfOthers: new Map([...charges].filter(([accountId, charged]) => accountId !== account.id && charged !== 0n)),
  }
}

/** What the lines of each account bill of its charges. */
function chargesByAccount(
  { account, compiled }: AccountFacts,
  lines: readonly InvoiceLine[],
): ReadonlyMap<string, bigint> {
  const byAccount = Map.groupBy(lines, ({ accountId = account.id }) => accountId)
  return new Map([...byAccount].map(([id, own]) => [id, chargesIn(account.currency, own, compiled)]))
}

/** What a planned document is printed as. @param ids of its lines */
export function printDocument(
  known: AccountFacts,
  { kind, part, lines, correction }: PlannedDocument,
  { number, issuedOn, ids }: { readonly number: string; readonly issuedOn: string; readonly ids: readonly string[] },
): InvoiceDocument {
  const facts = inOne(known)
  const { account, customer, issuer, subscriptions, plans, compiled, units, tax, brand, children = [] } = facts
  return buildDocument({
    ...{ kind, number, issuedOn, part, account, customer, issuer, subscriptions, plans, units, correction, brand },
    tax: tax ?? null,
    holders: new Map(children.map(({ account: { id, key }, holder = '' }) => [id, { account: key, name: holder }])),
    billedBefore: correction !== null && issuer.correctiveForm === true ? (line) => billedOf(facts, line) : undefined,
    dueOn: periodStart(issuedOn, { unit: 'day', count: 1 }, account.termsDays),
    lines: lines.map((line, index) => ({ ...line, id: ids[index] as string })),
    prices: (line) => compiledPriceOf(compiled, line),
  })
}

/** What documents have billed of a billable up to now, less what was credited of it. */
function billedOf({ billed }: AccountFacts, line: InvoiceLine): CorrectedAmounts {
  const kept = billed.taxed.get(billableKey(line)) ?? []
  const left = kept.map((one) => ({ net: one.billed.netMinor - one.credited.netMinor, gross: leftOf(one, 'gross') }))
  const netMinor = left.reduce((sum, { net }) => sum + net, 0n)
  return { netMinor, taxMinor: left.reduce((sum, { gross }) => sum + gross, 0n) - netMinor }
}
