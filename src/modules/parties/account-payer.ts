import { cycleOf, dayOf, periodIndexOf, periodStart } from '../../core/base/period.ts'
import { payerOn } from '../../core/billing/payers.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import * as store from './store.ts'

type Account = store.Account

/** Who is billed for an account, as callers ask for it. */
export interface PayerDraft {
  readonly billedTo?: string | null | undefined
  readonly billedToFrom?: string | undefined
}
export const PAYER: ReadonlySet<string> = new Set(['billedTo', 'billedToFrom'])

/** Of an account that was never billed all periods are billed to its payer, unless a day is named. */
const ALWAYS = '1970-01-01'
/** Accounts that are billed to one: all of them are read, and printed, at a time. */
const MAX_CHILDREN = 1000

/** What decides whether an account can be billed to another one. */
type Terms = Pick<
  Account,
  | ('id' | 'key' | 'currency' | 'issuerId' | 'zone' | 'pricesIncludeTax')
  | ('cycleAnchor' | 'cycleUnit' | 'cycleCount')
  | ('creditLimitMinor' | 'sponsorAccountId' | 'billedUntil' | 'billedTo')
>

/** The column of who is billed for an account that is to be. */
export async function payerOfNew(
  db: Database,
  account: Omit<Terms, 'billedUntil' | 'billedTo'>,
  draft: PayerDraft,
): Promise<object> {
  if (draft.billedTo == null && draft.billedToFrom === undefined) return {}
  return changedPayer(db, { ...account, billedUntil: null, billedTo: [] }, draft)
}

/** The column of who is billed. What was billed stays: only periods that nobody was billed for yet change. The account's row is locked. */
export async function changedPayer(
  db: Database,
  account: Terms,
  { billedTo, billedToFrom }: PayerDraft,
): Promise<{ billedTo?: string }> {
  if (billedTo === undefined) {
    if (billedToFrom !== undefined) throw new Refusal('unprocessable', 'billedToFrom says nothing without billedTo')
    return {}
  }
  const payer = billedTo === null ? null : await store.getRow(db, 'account', billedTo)
  const last = account.billedTo.at(-1)?.payerId ?? null
  await store.lockAccounts(
    db,
    [payer?.id, last].filter((id) => id != null),
  )
  const first = await firstDayLeft(db, account, last)
  const from = billedToFrom ?? first ?? ALWAYS
  if (first !== null && from < first)
    throw new Refusal('unprocessable', `billedToFrom: the first period that was not billed begins on ${first}`)
  if (from !== ALWAYS && firstDayOn(account, from) !== from)
    throw new Refusal('unprocessable', `billedToFrom: no billing period of ${account.key} begins on ${from}`)
  if (payer !== null) await assertCanPay(db, account, payer, from)
  const before = account.billedTo.filter(({ fromDay }) => fromDay < from)
  if (payer === null && account.billedTo.length === 0) return {}
  const isSame = before.length > 0 && payerOn(before, from) === (payer?.id ?? null)
  return { billedTo: JSON.stringify(isSame ? before : [...before, { payerId: payer?.id ?? null, fromDay: from }]) }
}

/** The first day of the period that a day lies in. */
function firstDayOn({ cycleAnchor, ...cycle }: Terms, day: string, more = 0): string {
  return periodStart(cycleAnchor, cycleOf(cycle), periodIndexOf(cycleAnchor, cycleOf(cycle), day) + more)
}

/** The first period that neither the account nor whoever pays for it was billed for; null where nothing was billed. */
async function firstDayLeft(db: Database, account: Terms, payerId: string | null): Promise<string | null> {
  const payer = payerId === null ? null : await store.getRow(db, 'account', payerId)
  // An interim invoice has billed some of a period that runs.
  const interim = await store.lastUsageBilled(db, account.id)
  const [done] = [account.billedUntil, payer?.billedUntil ?? null, interim]
    .filter((day) => day !== null)
    .toSorted()
    .toReversed()
  return done === undefined ? null : firstDayOn(account, done, 1)
}

async function assertCanPay(db: Database, account: Terms, payer: Account, from: string): Promise<void> {
  if (payer.id === account.id) throw new Refusal('unprocessable', 'billedTo: an account is billed to itself without it')
  if (isBilledElsewhere(payer, from))
    throw new Refusal('unprocessable', `billedTo: ${payer.key} is billed to another account itself`)
  const own = await store.listBilledTo(db, [account.id])
  if (own.some((one) => paysFor(account, one, from)))
    throw new Refusal('unprocessable', `billedTo: others are billed to ${account.key}`)
  const [fault] = faultsOf(payer, account)
  if (fault !== undefined) throw new Refusal('unprocessable', `billedTo: ${fault}`)
  const others = (await store.listBilledTo(db, [payer.id])).filter(({ id }) => id !== account.id)
  if (others.length >= MAX_CHILDREN)
    throw new Refusal('unprocessable', `billedTo: at most ${MAX_CHILDREN} accounts are billed to one`)
}

/** Whether an account has a payer on a day or later. */
function isBilledElsewhere({ billedTo }: Pick<Terms, 'billedTo'>, from: string): boolean {
  return payerOn(billedTo, from) !== null || billedTo.some(({ payerId, fromDay }) => payerId !== null && fromDay > from)
}

function paysFor({ id }: Terms, { billedTo }: Account, from: string): boolean {
  return payerOn(billedTo, from) === id || billedTo.some(({ payerId, fromDay }) => payerId === id && fromDay > from)
}

/** Why an account cannot be billed to another one: one document has one seller, currency, and set of periods. */
function faultsOf(payer: Terms, child: Terms): string[] {
  const differs = (what: string, of: (account: Terms) => string): string[] =>
    of(payer) === of(child) ? [] : [`${payer.key} has the ${what} ${of(payer)}, ${child.key} ${of(child)}`]
  return [
    ...differs('currency', ({ currency }) => currency),
    ...(payer.issuerId === child.issuerId ? [] : [`${payer.key} and ${child.key} have different issuers`]),
    ...differs('zone', ({ zone }) => zone),
    ...differs('cycle', ({ cycleCount, cycleUnit }) => `${cycleCount} ${cycleUnit}`),
    ...(hasSamePeriods(payer, child) ? [] : [`the periods of ${payer.key} and ${child.key} begin on other days`]),
    ...(payer.pricesIncludeTax === child.pricesIncludeTax
      ? []
      : [`the prices of one of ${payer.key} and ${child.key} include tax`]),
    ...[payer, child].flatMap(({ key, creditLimitMinor }) =>
      creditLimitMinor === '0' ? [`${key} pays in advance, from its balances: a sponsor shares them`] : [],
    ),
    ...(child.sponsorAccountId === null ? [] : [`${child.key} has a sponsor, whose credit pays for it`]),
  ]
}

/** Days of months that all months have count from any of them alike: of 31 January and 28 February, March has other days. */
function hasSamePeriods(payer: Terms, child: Terms): boolean {
  const [a, b] = [payer.cycleAnchor, child.cycleAnchor]
  const isClamped = [a, b].some((day) => Number(day.slice(8)) > 28) && /month|year/.test(payer.cycleUnit)
  return a === b || (!isClamped && firstDayOn(payer, b) === b)
}

/** Refuses a change of an account that would part it from whoever is billed for it, or from those that are billed to it. */
export async function assertStillBilled(db: Database, account: Account, columns: object, nowMs: number): Promise<void> {
  if (!['zone', 'creditLimitMinor', 'sponsorAccountId'].some((name) => name in columns)) return
  const changed: Account = { ...account, ...columns }
  const today = dayOf(nowMs, account.zone)
  for (const { payerId } of changed.billedTo.filter((_, at, all) => (all[at + 1]?.fromDay ?? '9') > today)) {
    if (payerId === null) continue
    const [fault] = faultsOf(await store.getRow(db, 'account', payerId), changed)
    if (fault !== undefined) throw new Refusal('unprocessable', `it is billed to another account: ${fault}`)
  }
  for (const child of await store.listBilledTo(db, [account.id])) {
    const [fault] = paysFor(account, child, today) ? faultsOf(changed, child) : []
    if (fault !== undefined) throw new Refusal('unprocessable', `others are billed to it: ${fault}`)
  }
}

/** Who is billed for the periods that begin now, and, where that changed or will, who is from which day on. */
export function viewPayer({ zone, billedTo }: Pick<Account, 'zone' | 'billedTo'>, nowMs: number): object {
  return {
    billedTo: payerOn(billedTo, dayOf(nowMs, zone)),
    ...(billedTo.length === 0
      ? {}
      : { payers: billedTo.map(({ payerId: accountId, fromDay }) => ({ accountId, fromDay })) }),
  }
}
