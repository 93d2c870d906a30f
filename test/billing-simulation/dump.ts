import type pg from 'pg'
import { toJson } from '../../src/platform/http/json.ts'

/** What a finding may hang on, as the database has it: suspense beside what segments count, and the money of balances beside the ledger. */
const DUMPED: Readonly<Record<string, (schema: string) => string>> = {
  segments: (schema) => `select seq, epoch, received, charged, suspended, duplicates, recycled, corrected
    from ${schema}.segment where suspended + recycled + corrected > 0 order by seq`,
  suspense: (schema) => `select source, record_id, service, status, reason, received_at
    from ${schema}.suspense order by id`,
  partition: (schema) => `select owner, epoch, head_seq, checkpoint_seq, lease_until from ${schema}.partition`,
  payments: (schema) => `select key, amount_minor, lowers_owed, balance_applied_at is not null as is_told
    from ${schema}.payment order by id`,
  reversals: (
    schema,
  ) => `select payment.key, reversal.amount_minor, raises_owed, reversal.balance_applied_at is not null as is_told
    from ${schema}.payment_reversal reversal join ${schema}.payment on payment.id = reversal.payment_id order by payment.id`,
  entries: (schema) => `select account_id, kind, key, amount::text from ${schema}.balance_entry order by id`,
  ledger: (schema) =>
    `select account_id, ledger_account, sum(amount_minor)::text as amount from ${schema}.posting group by 1, 2 order by 1, 2`,
  balances: (schema) => `select account_id, as_of_seq, content::text from ${schema}.account_balance order by 1`,
}

/** Told in lines, a row each. */
export async function dump(db: pg.Pool, schema: string): Promise<string[]> {
  const lines: string[] = []
  for (const [what, query] of Object.entries(DUMPED)) {
    const rows = await db.query<object>(query(schema)).then(
      (result) => result.rows.map((row) => toJson(row)),
      (error: unknown) => [String(error)],
    )
    lines.push(...rows.map((row) => `    ${what} ${row}`))
  }
  return lines
}
