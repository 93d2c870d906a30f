import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** What waits is in no book, is not billed already, and waits for something. */
export async function checkDrafts(db: Database): Promise<CheckResult> {
  const rows = await db
    .selectFrom('documentDraft as draft')
    .innerJoin('account', 'account.id', 'draft.accountId')
    .select(['draft.id', 'draft.kind', 'draft.billingDay', 'account.key'])
    .select((on) =>
      on
        .exists(on.selectFrom('posting').select('posting.id').whereRef('posting.documentId', '=', 'draft.id'))
        .as('isPosted'),
    )
    .select(
      sql<boolean>`draft.kind = 'bill' and coalesce(draft.billing_day <= account.billed_until, false)`.as('isBilled'),
    )
    .select(sql<boolean>`draft.reasons = '[]' and draft.due_at is null`.as('isForgotten'))
    .execute()
  const broken = rows.flatMap(({ key, kind, billingDay, isPosted, isBilled, isForgotten }) => {
    const of = `${kind} of ${key} at ${billingDay}`
    if (isPosted) return [`${of} is in the ledger`]
    if (isBilled) return [`${of} is billed already`]
    return isForgotten ? [`${of} waits for nothing`] : []
  })
  return checkNone(
    'drafts are in no ledger, are not billed already, and say what they wait for',
    broken,
    `${rows.length} drafts`,
  )
}
