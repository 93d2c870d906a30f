import { formatMinor, parseMinor } from '../../core/base/money.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { assertBrand } from '../brands/index.ts'
import { assertStillBilled, changedPayer, PAYER, type PayerDraft, payerOfNew, viewPayer } from './account-payer.ts'
import { changedZone, viewZone, ZONE, type ZoneDraft } from './account-zone.ts'
import { changedColumns, type Shown, type Stamp } from './kind.ts'
import { accountNames } from './names.ts'
import type { Draft } from './schemas.ts'
import * as store from './store.ts'

/** Columns of an account to be. */
export async function buildAccount(db: Database, draft: Draft<'account'>, { id }: Stamp): Promise<object> {
  const { customer, issuer, billedTo, billedToFrom, ...others } = draft
  const { creditLimit, sponsor, sponsorCaps, thresholds, progressiveBilling, ...rest } = others
  const owner = await store.getRow(db, 'customer', customer)
  store.assertNotErased(owner)
  const issuerId = (await store.getRow(db, 'issuer', issuer)).id
  await assertBrand(db, draft.brand)
  const drafted = { creditLimit, sponsor, sponsorCaps, thresholds, progressiveBilling }
  const terms = await storedTerms(db, draft.currency, null, drafted)
  const account = { ...rest, customerId: owner.id, issuerId, ...terms }
  const charged = { creditLimitMinor: null, sponsorAccountId: null, ...account, id }
  return { ...account, ...(await payerOfNew(db, charged, { billedTo, billedToFrom })) }
}

/** Charging terms as callers write them; what is absent stays. */
interface TermsDraft {
  readonly creditLimit?: string | null | undefined
  readonly sponsor?: string | null | undefined
  readonly sponsorCaps?: Readonly<Record<string, string>> | undefined
  readonly thresholds?: readonly object[] | undefined
  readonly progressiveBilling?: { readonly threshold: string; readonly repeats: boolean } | null | undefined
}
const TERMS = new Set(['creditLimit', 'sponsor', 'sponsorCaps', 'thresholds', 'progressiveBilling'])

/** Columns that a change of an account sets. */
export async function changeAccount(
  db: Database,
  { id, currency }: store.Account,
  changes: object,
  nowMs: number,
): Promise<object> {
  await assertBrand(db, (changes as { brand?: string | null }).brand)
  const terms = await storedTerms(db, currency, id, changes as TermsDraft)
  const locked = await lockWithPayer(db, id, changes as PayerDraft)
  const zone = changedZone(locked, changes as ZoneDraft, nowMs)
  const payer = await changedPayer(db, { ...locked, ...terms, ...zone }, changes as PayerDraft)
  if ('billedTo' in payer) await noteChange(db, 'payer of account', id)
  await assertStillBilled(db, locked, { ...terms, ...zone }, nowMs)
  const own = [TERMS, ZONE, PAYER]
  const others = Object.entries(changes).filter(([name]) => !own.some((names) => names.has(name)))
  return { ...changedColumns(Object.fromEntries(others)), ...terms, ...zone, ...payer }
}

/** Locks an account, and whoever is to be billed for it, in the order in which all are locked. */
async function lockWithPayer(db: Database, id: string, { billedTo }: PayerDraft): Promise<store.Account> {
  if (billedTo != null) await store.lockAccounts(db, [id, (await store.getRow(db, 'account', billedTo)).id])
  return store.lockAccount(db, id)
}

/** The columns that terms are kept in. A sponsor has the same currency, and none of its own. */
async function storedTerms(
  db: Database,
  currency: string,
  accountId: string | null,
  { creditLimit, sponsor, sponsorCaps, thresholds, progressiveBilling }: TermsDraft,
): Promise<object> {
  const creditLimitMinor = creditLimit == null ? null : parseMinor(creditLimit, currency)
  if (creditLimit != null && creditLimitMinor === null)
    throw new Refusal('unprocessable', `creditLimit: ${creditLimit} has more digits than ${currency}`)
  const sponsorId = sponsor == null ? null : await sponsorOf(db, currency, accountId, sponsor)
  return {
    ...(creditLimit === undefined
      ? {}
      : { creditLimitMinor: creditLimitMinor === null ? null : String(creditLimitMinor) }),
    ...(sponsor === undefined ? {} : { sponsorAccountId: sponsorId }),
    ...(sponsorCaps === undefined ? {} : { sponsorCaps: JSON.stringify(sponsorCaps) }),
    ...(thresholds === undefined ? {} : { thresholds: JSON.stringify(thresholds) }),
    ...(progressiveBilling === undefined ? {} : progressiveColumns(currency, progressiveBilling)),
  }
}

function progressiveColumns(currency: string, terms: NonNullable<TermsDraft['progressiveBilling']> | null): object {
  if (terms === null) return { progressiveThresholdMinor: null, progressiveRepeats: false }
  const thresholdMinor = parseMinor(terms.threshold, currency)
  if (thresholdMinor === null || thresholdMinor <= 0n)
    throw new Refusal(
      'unprocessable',
      `progressiveBilling.threshold: write an amount above zero with the digits of ${currency}`,
    )
  return { progressiveThresholdMinor: String(thresholdMinor), progressiveRepeats: terms.repeats }
}

async function sponsorOf(db: Database, currency: string, accountId: string | null, reference: string): Promise<string> {
  const sponsor = await store.getRow(db, 'account', reference)
  if (sponsor.id === accountId) throw new Refusal('unprocessable', 'an account cannot sponsor itself')
  if (sponsor.currency !== currency)
    throw new Refusal('unprocessable', `the sponsor is in ${sponsor.currency}, the account in ${currency}`)
  if (sponsor.sponsorAccountId !== null) throw new Refusal('unprocessable', 'the sponsor is sponsored itself')
  if (accountId !== null && (await store.isSponsor(db, accountId)))
    throw new Refusal('unprocessable', 'the account sponsors others, so it cannot be sponsored')
  return sponsor.id
}

export async function viewAccounts(db: Database, accounts: readonly store.Account[], nowMs: number): Promise<Shown[]> {
  const names = await accountNames(
    db,
    accounts.map(({ id }) => id),
  )
  return accounts.map(({ creditLimitMinor, progressiveThresholdMinor: threshold, progressiveRepeats, ...account }) => ({
    ...account,
    customer: names.get(account.id)?.customer,
    customerName: names.get(account.id)?.customerName,
    ...viewZone(account.zone, nowMs),
    ...viewPayer(account, nowMs),
    progressiveBilling:
      threshold === null
        ? null
        : { threshold: formatMinor(BigInt(threshold), account.currency), repeats: progressiveRepeats },
    creditLimit: creditLimitMinor === null ? null : formatMinor(BigInt(creditLimitMinor), account.currency),
  }))
}
