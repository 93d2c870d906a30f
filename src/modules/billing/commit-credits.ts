import { sql } from 'kysely'
import { toRatingScale } from '../../core/base/money.ts'
import type { BilledLine } from '../../core/billing/billed-lines.ts'
import { takeFromLot } from '../../core/charging/take-from-lot.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import { netOf } from '../../core/invoicing/line-tax.ts'
import { commitCredited } from '../../core/ledger/commit-credited.ts'
import type { Engine } from '../../engine/index.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry } from '../ledger/index.ts'
import type { Parts } from '../module.ts'
import { getRow } from '../parties/index.ts'
import type { CommitTerm } from './commit-store.ts'
import type { LoadedFacts } from './load-facts.ts'

/** A job's key is the id of the credit's line. */
const KIND = 'commit_credit'
/** The last ones an hour apart. */
const MAX_ATTEMPTS = 20

/** The term of a commit that a line bills, whose money was given. */
function termOf(
  terms: readonly CommitTerm[],
  { subscriptionId, priceCode, period }: Pick<BilledLine, 'subscriptionId' | 'priceCode' | 'period'>,
): CommitTerm | undefined {
  return terms.find(
    (term) =>
      term.subscriptionId === subscriptionId &&
      term.code === priceCode &&
      term.termStart <= period.start &&
      period.start < term.termEnd,
  )
}

/**
 * What of commits nobody has used, by their lines, in minor units; null of other lines, and of a commit whose money was never given. What
 * credits before will take is used already.
 */
export async function unusedCommits(
  engine: Engine,
  db: Database,
  tenant: string,
  { accountId, currency, nowMs }: { readonly accountId: string; readonly currency: string; readonly nowMs: number },
  terms: readonly CommitTerm[],
): Promise<(line: BilledLine) => bigint | null> {
  if (terms.length === 0) return () => null
  const minorUnit = toRatingScale(1n, currency)
  const lots = (await engine.balancesOf(tenant, accountId, nowMs))?.balances.lots ?? []
  const free = new Map(lots.map(({ origin, remaining, held }) => [origin, (remaining - held) / minorUnit]))
  const waiting = db.selectFrom('commitCredit').select(['origin', 'amountMinor']).where('accountId', '=', accountId)
  for (const { origin, amountMinor } of await waiting.where('appliedAt', 'is', null).execute())
    free.set(origin, (free.get(origin) ?? 0n) - BigInt(amountMinor))
  return (line) => {
    const term = line.kind === 'commit' ? termOf(terms, line) : undefined
    if (term === undefined) return null
    const left = free.get(term.origin) ?? 0n
    return left > 0n ? left : 0n
  }
}

/** Rows of what the lines of a note credit of commits; what is billed anew keeps its money. @param ids of the lines */
export function commitCreditRows(
  { account, boughtTerms: terms }: Pick<LoadedFacts, 'account' | 'boughtTerms'>,
  lines: readonly InvoiceLine[],
  ids: readonly string[],
  nowMs: number,
): NewRows {
  const { id: accountId } = account
  const rows = lines.flatMap((line, at) => {
    // What was sold on no plan, such as a top-up, is credited because its money was taken back.
    if (line.credits?.kind !== 'commit' || line.credits.isUnbilled || line.subscriptionId === '') return []
    const origin = termOf(terms, line)?.origin ?? ''
    return [{ lineId: ids[at], accountId, code: line.priceCode, origin, amountMinor: String(-netOf(line)) }]
  })
  return {
    table: 'commitCredit',
    columns: { lineId: 'uuid', accountId: 'uuid', code: 'text', origin: 'text', amountMinor: 'numeric' },
    rows,
    after: rows.map(
      ({ lineId }) =>
        async (db: Database) =>
          askForJob(db, { kind: KIND, key: String(lineId) }, nowMs),
    ),
  }
}

/** Takes back what credits of commits leave nobody to use: in one commit with the ledger, once for each line. */
export function commitCreditJob({ db: root, engine }: Pick<Parts, 'db' | 'engine'>): JobHandler {
  return {
    kind: KIND,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async ({ key: lineId, tenant, nowMs }) => {
      const db = inSchema(root, tenant.schema)
      const row = await db.selectFrom('commitCredit').selectAll().where('lineId', '=', lineId).executeTakeFirst()
      if (row === undefined || row.appliedAt !== null) return 'done'
      const { accountId, origin, code } = row
      const { currency } = await getRow(db, 'account', accountId)
      const minorUnit = toRatingScale(1n, currency)
      const amount = BigInt(row.amountMinor)
      await engine.onAccounts<bigint>(tenant.name, {
        accountIds: [accountId],
        nowMs,
        decide: ([operation]) =>
          operation === undefined ? 0n : takeFromLot(operation, origin, amount * minorUnit, minorUnit) / minorUnit,
        commitHook: async (trx, { result: taken }) => {
          const within = inSchema(trx, tenant.schema)
          const set = within.updateTable('commitCredit').set({ takenMinor: String(taken), appliedAt: new Date(nowMs) })
          const done = await set
            .where('lineId', '=', lineId)
            .where('appliedAt', 'is', null)
            .returning('lineId')
            .execute()
          if (done.length === 0) throw new Refusal('engine_unavailable', 'another process has taken it back meanwhile')
          await noteChange(within, 'credit of commit that was taken back', lineId)
          const amounts = { takenMinor: taken, givenMinor: amount - taken }
          await postEntry(within, 'commit_credited', lineId, commitCredited(accountId, currency, code, amounts), nowMs)
        },
      })
      return 'done'
    },
  }
}

/** Each credit of a commit is a line of a credit note over this amount, and what it took back and gave is in the ledger. */
export async function checkCommitCredits(db: Database, schema: string): Promise<CheckResult> {
  const { rows } = await sql<{
    lineId: string
    amount: string
    taken: string | null
    line: string | null
    posted: string
  }>`
    select c.line_id as "lineId", c.amount_minor::text as amount, c.taken_minor::text as taken,
      (-coalesce(l.net_minor, l.amount_minor))::text as line,
      coalesce((select sum(p.amount_minor) filter (where p.ledger_account = 'customer_prepaid')
        from ${sql.id(schema, 'posting')} p where p.document_id = c.line_id), 0)::text as posted
    from ${sql.id(schema, 'commit_credit')} c
    left join ${sql.id(schema, 'invoice_line')} l on l.id = c.line_id and l.kind = 'credit'`.execute(db)
  const broken = rows.flatMap(({ lineId, amount, taken, line, posted }) => {
    if (line !== amount) return [`line ${lineId} credits ${line ?? 'nothing'}, not ${amount}`]
    if (taken !== null && BigInt(taken) > BigInt(amount)) return [`line ${lineId} took back ${taken} of ${amount}`]
    return BigInt(taken ?? 0) === BigInt(posted) ? [] : [`line ${lineId} took back ${taken}, the ledger says ${posted}`]
  })
  return checkNone('what credits of commits took back is in the ledger', broken, `${rows.length} credits`)
}
