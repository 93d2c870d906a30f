import { sql } from 'kysely'
import { interestOf } from '../../core/ledger/late-charges.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot, schemaOf } from '../../platform/db.ts'
import type { LateChargeRow } from './store.ts'
import { toCharge } from './store.ts'

const BATCH = 5_000

/**
 * Interest is no more than its days come to, rounded once; days of a document are charged once, and all before the day that it is charged
 * until; what bills a charge has its amount; no more is given back than was charged.
 */
export async function checkLateCharges(root: Database): Promise<CheckResult> {
  return inSnapshot(root, async (db) => {
    const table = (name: string) => sql.id(schemaOf(root), name)
    const { rows } = await sql<{ what: string }>`
      select c.id || ': days that are charged twice' as what from ${table('late_charge')} c
        join ${table('late_charge')} o on o.invoice_id = c.invoice_id and o.kind = 'interest' and o.id > c.id
          and o.from_on < c.until_on and c.from_on < o.until_on where c.kind = 'interest'
      union all
      select c.id || ': days behind those that are charged' from ${table('late_charge')} c
        left join ${table('late_charge_standing')} s on s.invoice_id = c.invoice_id
        where c.kind = 'interest' and (s.charged_until is null or s.charged_until < c.until_on)
      union all
      select c.id || ': billed with another amount' from ${table('late_charge')} c
        join ${table('invoice')} i on i.account_id = c.account_id and i.purpose = 'one-off ' || c.one_off_id
        left join ${table('invoice_line')} l on l.invoice_id = i.id and l.position = c.position
        where l.amount_minor is distinct from c.amount_minor
      union all
      select r.charge_id || ': more is given back than was charged' from ${table('late_charge_return')} r
        join ${table('late_charge')} c on c.id = r.charge_id group by r.charge_id, c.amount_minor
        having sum(r.amount_minor) > c.amount_minor`.execute(db)
    const broken = rows.map(({ what }) => what)
    let [after, count] = [null as string | null, 0]
    for (;;) {
      let query = db.selectFrom('lateCharge').selectAll().orderBy('id').limit(BATCH)
      if (after !== null) query = query.where('id', '>', after)
      const page = (await query.execute()) as unknown as LateChargeRow[]
      for (const row of page) {
        const { kind, minor, segments } = toCharge(row)
        const most = kind === 'fee' ? minor : interestOf(segments, row.yearDays)
        if (minor > most || (minor < most && row.capPercent === null)) broken.push(`${row.id}: ${most} for its days`)
      }
      count += page.length
      after = page.at(-1)?.id ?? null
      if (page.length < BATCH) break
    }
    return checkNone('late charges are what their days come to, once', broken, `${count} charges`)
  })
}
