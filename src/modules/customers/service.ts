import { parseMinor } from '../../core/base/money.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { changeMetadata, type MetadataChange } from '../../platform/http/metadata.ts'
import { Refusal } from '../../platform/problems.ts'
import { changedZone, ZONE, type ZoneDraft } from './account-zone.ts'
import { rowCreated, rowUpdated } from './events.ts'
import type { Draft, Kind } from './schemas.ts'
import * as store from './store.ts'
import { type Built, buildSubscription, type Stamp } from './subscribe.ts'

/** Creates one thing. @returns its row, and the account whose definitions the engine must hear of. */
export async function createRow<K extends Kind>(
  db: Database,
  kind: K,
  draft: Draft<K>,
  nowMs: number,
): Promise<{ row: store.Rows[K]; accountId: string | null }> {
  if (kind !== 'service' && (await store.findRow(db, kind, draft.key)) !== undefined) {
    throw new Refusal(
      'already_exists',
      `the key ${draft.key} is that of another ${kind} already: take another key, or change that one with PATCH /v1/${kind}s/${draft.key}`,
    )
  }
  return insertDraft(db, kind, draft, nowMs)
}

/** Creates one thing of whose key there is none. */
export async function insertDraft<K extends Kind>(
  db: Database,
  kind: K,
  draft: Draft<K>,
  nowMs: number,
): Promise<{ row: store.Rows[K]; accountId: string | null }> {
  const stamps = { id: newId(), createdAt: new Date(nowMs), updatedAt: new Date(nowMs) }
  const { values, accountId } = await BUILDERS[kind](db, draft as never, { id: stamps.id, nowMs })
  const metadata = JSON.stringify(draft.metadata)
  const row = await store.insertRow(db, kind, { ...values, ...stamps, metadata })
  await publish(db, [rowCreated(kind, row)], nowMs)
  return { row, accountId: kind === 'account' ? row.id : accountId }
}

const BUILDERS: { [K in Kind]: (db: Database, draft: Draft<K>, stamp: Stamp) => Promise<Built> } = {
  issuer: async (_db, draft) => ({ values: draft, accountId: null }),
  customer: async (_db, draft) => ({ values: draft, accountId: null }),
  account: buildAccount,
  service: buildService,
  subscription: buildSubscription,
}

async function buildAccount(db: Database, draft: Draft<'account'>): Promise<Built> {
  const { customer, issuer, creditLimit, sponsor, sponsorCaps, thresholds, progressiveBilling, ...rest } = draft
  const customerId = (await store.getRow(db, 'customer', customer)).id
  const issuerId = (await store.getRow(db, 'issuer', issuer)).id
  const drafted = { creditLimit, sponsor, sponsorCaps, thresholds, progressiveBilling }
  const terms = await storedTerms(db, draft.currency, null, drafted)
  return { values: { ...rest, customerId, issuerId, ...terms }, accountId: null }
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

async function changedTerms(db: Database, reference: string, changes: TermsDraft): Promise<object> {
  const account = await store.getRow(db, 'account', reference)
  return storedTerms(db, account.currency, account.id, changes)
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

async function buildService(db: Database, draft: Draft<'service'>): Promise<Built> {
  const account = await store.getRow(db, 'account', draft.account)
  const from = new Date(draft.validFrom)
  const until = draft.validUntil === null ? null : new Date(draft.validUntil)
  if (until !== null && until <= from) throw new Refusal('unprocessable', 'validUntil must be after validFrom')
  await store.lockServiceKey(db, draft.key)
  assertNoOverlap(await store.listServicesOfKey(db, draft.key), from, until, draft.key)
  return {
    values: { key: draft.key, accountId: account.id, validFrom: from, validUntil: until },
    accountId: account.id,
  }
}

function assertNoOverlap(others: readonly store.Service[], from: Date, until: Date | null, key: string): void {
  const other = others.find(
    (service) =>
      (until === null || service.validFrom < until) && (service.validUntil === null || service.validUntil > from),
  )
  if (other !== undefined) {
    const period = `${other.validFrom.toISOString()} to ${other.validUntil?.toISOString() ?? 'open'}`
    throw new Refusal('service_overlap', `the service ${key} exists from ${period}`)
  }
}

/** Changes what may be changed. */
export async function changeRow<K extends Kind>(
  db: Database,
  kind: K,
  reference: string,
  { metadata, ...changes }: { readonly metadata?: MetadataChange | undefined },
  nowMs: number,
): Promise<{ row: store.Rows[K]; accountId: string | null }> {
  const { id } = await store.getRow(db, kind, reference)
  if (metadata !== undefined) await changeMetadata(db, kind, [id], metadata)
  const terms = kind === 'account' ? await changedTerms(db, reference, changes as TermsDraft) : {}
  const zone = kind === 'account' ? changedZone(await store.lockAccount(db, id), changes as ZoneDraft, nowMs) : {}
  if (kind === 'service') await assertServiceChange(db, id, changes as { validUntil?: string | null })
  if (kind === 'subscription') await assertSubscriptionChange(db, id, changes as { endsAt?: string | null })
  const dates = Object.fromEntries(
    Object.entries(changes)
      .filter(([name]) => !TERMS.has(name) && !ZONE.has(name))
      .map(([name, value]) => [name, /At$|Until$/.test(name) && typeof value === 'string' ? new Date(value) : value]),
  )
  await store.updateRow(db, kind, id, { ...dates, ...terms, ...zone, updatedAt: new Date(nowMs) })
  const row = await store.getRow(db, kind, id)
  const fields = [...Object.keys(changes), ...(metadata === undefined ? [] : ['metadata'])]
  await publish(db, [rowUpdated(kind, row, fields)], nowMs)
  return { row, accountId: 'accountId' in row ? row.accountId : kind === 'account' ? id : null }
}

async function assertServiceChange(
  db: Database,
  id: string,
  { validUntil }: { validUntil?: string | null },
): Promise<void> {
  if (validUntil === undefined) return
  const service = await store.getRow(db, 'service', id)
  const until = validUntil === null ? null : new Date(validUntil)
  if (until !== null && until <= service.validFrom)
    throw new Refusal('unprocessable', 'validUntil must be after validFrom')
  await store.lockServiceKey(db, service.key)
  const others = (await store.listServicesOfKey(db, service.key)).filter((other) => other.id !== id)
  assertNoOverlap(others, service.validFrom, until, service.key)
}

async function assertSubscriptionChange(
  db: Database,
  id: string,
  { endsAt }: { endsAt?: string | null },
): Promise<void> {
  const { startsAt } = await store.getRow(db, 'subscription', id)
  if (endsAt != null && new Date(endsAt) <= startsAt)
    throw new Refusal('unprocessable', 'endsAt must be after startsAt')
}
