import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { DraftWarning, WaitReason } from '../../core/billing/draft-rules.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { notFound, Refusal } from '../../platform/problems.ts'

/** A bill of the account's next day, an interim invoice, a note on documents before, or lines that somebody wrote. */
export const DRAFT_KINDS = ['bill', 'interim', 'note', 'one_off'] as const
export type DraftKind = (typeof DRAFT_KINDS)[number]

/** What is due of an account and not issued yet. What it bills follows from the facts each time. */
export interface Draft {
  readonly id: string
  readonly accountId: string
  readonly kind: DraftKind
  /** Which of the account's drafts of a kind: '' of a bill, `re-rating …` of a note. */
  readonly purpose: string
  readonly billingDay: string
  /** Of a bill: up to which day bill runs have asked. */
  readonly untilDay: string | null
  /** What a note is about; null of others. */
  readonly request: unknown
  readonly reasons: readonly WaitReason[]
  readonly warnings: readonly DraftWarning[]
  /** As it was when a run looked at it last. */
  readonly totalMinor: string
  /** When it is issued by itself; null where it waits for somebody. */
  readonly dueAt: Date | null
  readonly madeAt: Date
}

/** What keeps documents of an account from being issued, as somebody said. */
export interface IssueHold {
  readonly id: string
  readonly accountId: string
  /** Null for all documents of the account. */
  readonly draftId: string | null
  readonly untilAt: Date | null
  readonly reason: string
  readonly placedBy: string
  readonly placedByPerson: string
  readonly placedAt: Date
  readonly releasedBy: string | null
  readonly releasedByPerson: string | null
  readonly releasedAt: Date | null
}

/** What of a hold keeps drafts. */
type OpenHold = Pick<IssueHold, 'id' | 'draftId' | 'untilAt' | 'reason'>

/** An account's drafts, and what somebody said of them. Its row is locked. */
export interface AccountWaits {
  readonly drafts: readonly Draft[]
  readonly holds: readonly OpenHold[]
}

export async function loadWaits(db: Database, accountId: string): Promise<AccountWaits> {
  return (await loadAllWaits(db, [accountId])).get(accountId) as AccountWaits
}

/** The same of several accounts, by their ids. */
export async function loadAllWaits(db: Database, accountIds: readonly string[]): Promise<Map<string, AccountWaits>> {
  const query = db.selectFrom('documentDraft').selectAll().where('accountId', '=', anyOf(accountIds)).orderBy('id')
  const drafts = Map.groupBy((await query.execute()) as unknown as Draft[], ({ accountId }) => accountId)
  const columns = ['id', 'accountId', 'draftId', 'untilAt', 'reason'] as const
  const placed = db.selectFrom('issueHold').select(columns).where('accountId', '=', anyOf(accountIds))
  const open = await placed.where('releasedAt', 'is', null).orderBy('id').execute()
  const holds = Map.groupBy(open, ({ accountId }) => accountId)
  return new Map(accountIds.map((id) => [id, { drafts: drafts.get(id) ?? [], holds: holds.get(id) ?? [] }]))
}

/** Holds that are not released, as they were placed. */
export async function listOpenHolds(db: Database, accountId: string): Promise<IssueHold[]> {
  const holds = db.selectFrom('issueHold').selectAll().where('accountId', '=', accountId)
  return (await holds.where('releasedAt', 'is', null).orderBy('id').execute()) as IssueHold[]
}

export async function findDraft(db: Database, id: string): Promise<Draft | undefined> {
  const query = db.selectFrom('documentDraft').selectAll().where('id', '=', id)
  return (await query.executeTakeFirst()) as unknown as Draft | undefined
}

/**
 * @param reference an id, the key of an account that has one draft, or the key of a one-off invoice
 * @throws Refusal `not_found`, also where it was issued meanwhile; `conflict` where the name is that of several
 */
export async function getDraft(db: Database, reference: string): Promise<Draft> {
  const [found, ...others] = isUuid(reference) ? [await findDraft(db, reference)] : await draftsNamed(db, reference)
  if (found === undefined) throw notFound(`draft ${reference}`, '/v1/drafts', 'invoice drafts')
  if (others.length > 0)
    throw new Refusal(
      'conflict',
      `there is more than one draft of ${reference}: name it by its id (kvit invoice drafts)`,
    )
  return found
}

async function draftsNamed(db: Database, key: string): Promise<Draft[]> {
  const query = db
    .selectFrom('documentDraft as draft')
    .innerJoin('account', 'account.id', 'draft.accountId')
    .leftJoin('oneOffInvoice as oneOff', (on) => on.on(sql`one_off.id::text`, '=', sql`draft.request ->> 'oneOffId'`))
    .selectAll('draft')
    .where((either) => either.or([either('account.key', '=', key), either('oneOff.key', '=', key)]))
  return (await query.orderBy('draft.id').limit(2).execute()) as unknown as Draft[]
}

const COLUMNS = {
  id: 'uuid',
  accountId: 'uuid',
  kind: 'text',
  purpose: 'text',
  billingDay: 'date',
  untilDay: 'date',
  request: 'jsonb',
  reasons: 'jsonb',
  warnings: 'jsonb',
  totalMinor: 'numeric',
  dueAt: 'timestamptz',
  madeAt: 'timestamptz',
} as const satisfies Record<keyof Draft, string>

/** The rows of drafts that are new. */
export function draftRows(drafts: readonly Draft[]): NewRows {
  return { table: 'documentDraft', columns: COLUMNS, rows: drafts }
}

export async function updateDraft(db: Database, { id, reasons, warnings, request, ...row }: Draft): Promise<void> {
  const content = request == null ? null : JSON.stringify(request)
  const set = { ...row, reasons: JSON.stringify(reasons), warnings: JSON.stringify(warnings), request: content }
  await db.updateTable('documentDraft').set(set).where('id', '=', id).execute()
}

export async function deleteDrafts(db: Database, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('documentDraft').where('id', '=', anyOf(ids)).execute()
}

/** The time at which the first draft is due; null where none is. */
export async function firstDueMs(db: Database): Promise<number | null> {
  const query = db.selectFrom('documentDraft').select('dueAt').where('dueAt', 'is not', null)
  const first = await query.orderBy('dueAt').limit(1).executeTakeFirst()
  return first?.dueAt?.getTime() ?? null
}

/** Drafts that are due by a time: those of members before those of their sponsors, which bill what members have settled. */
export async function listDue(
  db: Database,
  nowMs: number,
  limit: number,
): Promise<(Draft & { readonly isOfMember: boolean })[]> {
  const query = db
    .selectFrom('documentDraft as draft')
    .innerJoin('account', 'account.id', 'draft.accountId')
    .selectAll('draft')
    .select((on) => on('account.sponsorAccountId', 'is not', null).as('isOfMember'))
    .where('draft.dueAt', '<=', new Date(nowMs))
  const ordered = query.orderBy('isOfMember', 'desc').orderBy('draft.dueAt')
  return (await ordered.orderBy('draft.id').limit(limit).execute()) as never
}

/** Drafts besides bills, in the order in which they were made. */
export async function listOthers(db: Database, after: string | null, limit: number): Promise<Draft[]> {
  let query = db.selectFrom('documentDraft').selectAll().where('kind', '<>', 'bill').orderBy('id').limit(limit)
  if (after !== null) query = query.where('id', '>', after)
  return (await query.execute()) as unknown as Draft[]
}

/** Accounts whose interim invoices wait, or wait behind a bill. */
export async function accountsThatWait(db: Database): Promise<string[]> {
  const query = db.selectFrom('documentDraft').select('accountId').where('kind', 'in', ['bill', 'interim'])
  return (await query.execute()).map(({ accountId }) => accountId)
}

export async function insertHold(db: Database, hold: IssueHold): Promise<void> {
  await db.insertInto('issueHold').values(hold).execute()
}

export async function findHold(db: Database, id: string): Promise<IssueHold | undefined> {
  const query = db.selectFrom('issueHold').selectAll().where('id', '=', id)
  return (await query.executeTakeFirst()) as IssueHold | undefined
}

export async function releaseHold(
  db: Database,
  id: string,
  set: Pick<IssueHold, 'releasedBy' | 'releasedByPerson' | 'releasedAt'>,
): Promise<void> {
  await db.updateTable('issueHold').set(set).where('id', '=', id).execute()
}

export interface Approval {
  readonly id: string
  readonly draftId: string
  readonly accountId: string
  readonly billingDay: string
  readonly currency: string
  readonly totalMinor: string
  readonly warnings: readonly DraftWarning[]
  readonly note: string | null
  readonly approvedBy: string
  readonly approvedByPerson: string
  readonly approvedAt: Date
}

export async function insertApproval(db: Database, approval: Approval): Promise<void> {
  await db
    .insertInto('draftApproval')
    .values({ ...approval, warnings: JSON.stringify(approval.warnings) })
    .execute()
}

/** The latest first. */
export async function listApprovals(db: Database, draftIds: readonly string[]): Promise<Approval[]> {
  if (draftIds.length === 0) return []
  const query = db.selectFrom('draftApproval').selectAll().where('draftId', '=', anyOf(draftIds))
  return (await query.orderBy('id', 'desc').execute()) as unknown as Approval[]
}

/** Has drafts looked at once more that wait for something which may be there now, such as what their tax needs. */
export async function makeDue(db: Database, code: WaitReason['code'], nowMs: number): Promise<void> {
  const waits = sql<boolean>`reasons @> ${JSON.stringify([{ code }])}::jsonb`
  await db
    .updateTable('documentDraft')
    .set({ dueAt: new Date(nowMs) })
    .where(waits)
    .execute()
}

/** Drafts of bills that are not issued until something is filled in. */
export function heldDrafts(db: Database) {
  return db
    .selectFrom('documentDraft')
    .where('kind', '=', 'bill')
    .where(
      sql<boolean>`(reasons @> '[{"code":"tax_missing"}]' or reasons @> '[{"code":"einvoice_rule"}]' or reasons @> '[{"code":"tax_id"}]')`,
    )
}
