import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot } from '../../platform/db.ts'
import { totalsOfShift } from './report.ts'
import * as store from './store.ts'

/**
 * Invariants of cash desks: a drawer has its float and what came in, less what went out, and the ledger says the same, as it does of safes; receipts are
 * numbered without a gap; each is a payment or a top-up once, and what was cancelled was taken back; a closed shift is as it was reported. A desk at
 * which a receipt is being recorded is looked at the next time.
 */
export async function checkCash(root: Database, schema: string): Promise<CheckResult[]> {
  return inSnapshot(root, async (db) => {
    const desks = await store.listDesks(db)
    const busy = new Set((await store.listPending(db, 10_000)).map(({ deskId }) => deskId))
    const ledger = await ledgerOf(db)
    const [cash, shifts]: [string[], string[]] = [[], []]
    for (const desk of desks) {
      if (busy.has(desk.id)) continue
      const open = await store.openShift(db, desk.id)
      const drawer = open === undefined ? 0n : (await totalsOfShift(db, open.id)).expectedMinor
      const places = [
        ['drawer', `cash:desk:${desk.key}`, BigInt(desk.drawerMinor), drawer],
        ['safe', `cash:safe:${desk.key}`, BigInt(desk.safeMinor), await safeOf(db, desk.id)],
      ] as const
      for (const [place, account, kept, own] of places) {
        const posted = ledger.get(account) ?? 0n
        if (kept !== own || posted !== own || own < 0n)
          cash.push(`${desk.key}: ${own} in the ${place} by what moved it, ${kept} noted, ${posted} in the ledger`)
      }
      shifts.push(...(await brokenShifts(db, desk)))
    }
    const table = (name: string) => sql.id(schema, name)
    const { rows: gaps } = await sql<{ key: string }>`
      select d.key from ${table('cash_desk')} d left join (select desk_id, count(*) as n, max(number) as last, min(number) as first
        from ${table('cash_receipt')} group by 1) r on r.desk_id = d.id
      where coalesce(r.n, 0) <> d.last_receipt or coalesce(r.last, 0) <> d.last_receipt or coalesce(r.first, 1) <> 1`.execute(
      db,
    )
    const { rows: money } = await sql<{ key: string }>`
      select d.key || ' ' || r.number as key from ${table('cash_receipt')} r join ${table('cash_desk')} d on d.id = r.desk_id
      left join ${table('payment')} p on r.recorded_as = 'payment' and p.id = r.payment_id and p.method = 'desk:' || d.key and p.key = 'cash:' || r.id
      left join ${table('top_up')} u on r.recorded_as = 'top_up' and u.key = 'cash:' || r.id and u.method = 'desk:' || d.key
      left join ${table('cash_receipt')} c on c.cancels_id = r.id and c.state = 'done'
      left join ${table('payment_reversal')} b on b.payment_id = p.id and b.amount_minor = p.amount_minor
        and not exists (select from ${table('refund')} f where f.payment_id = p.id)
      left join ${table('top_up_reversal')} v on v.top_up_id = u.id
      where r.kind = 'payment' and r.state = 'done' and not exists (select from ${table('cash_receipt')} w where w.cancels_id = r.id and w.state = 'pending')
        and (coalesce(p.amount_minor, u.amount_minor) is distinct from r.amount_minor
          or coalesce(p.account_id, u.account_id) is distinct from r.account_id
          or (c.id is not null) <> (coalesce(b.id, v.id) is not null)
          or (c.id is not null and (c.amount_minor <> r.amount_minor or c.cash_minor <> r.cash_minor)))
      union all select m.key from (select key from ${table('payment')} where method like 'desk:%' union all
        select key from ${table('top_up')} where method like 'desk:%') m
      where not exists (select from ${table('cash_receipt')} r where m.key = 'cash:' || r.id and r.kind = 'payment')`.execute(
      db,
    )
    return [
      checkNone(
        'cash in drawers and safes is what came in less what went out, as the ledger has it',
        cash,
        `${desks.length} desks`,
      ),
      checkNone(
        'receipts of cash desks are numbered without gap or repeat',
        gaps.map(({ key }) => key),
      ),
      checkNone(
        'each receipt of a cash desk is a payment or a top-up once, and a cancelled one is none',
        money.map(({ key }) => key),
      ),
      checkNone('closed shifts of cash desks are as they were counted and reported', shifts),
    ]
  })
}

async function ledgerOf(db: Database): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('posting')
    .select(['ledgerAccount', sql<string>`sum(amount_minor)::text`.as('minor')])
    .where((on) => on.or([on('ledgerAccount', 'like', 'cash:desk:%'), on('ledgerAccount', 'like', 'cash:safe:%')]))
    .groupBy('ledgerAccount')
    .execute()
  return new Map(rows.map(({ ledgerAccount, minor }) => [ledgerAccount as string, BigInt(minor)]))
}

async function safeOf(db: Database, deskId: string): Promise<bigint> {
  const into = sql.join(['out', 'emptied', 'safe_in', 'from_bank'])
  const from = sql.join(['float', 'in', 'safe_out', 'to_bank'])
  const row = await db
    .selectFrom('cashMovement')
    .select(
      sql<string>`coalesce(sum(case when kind in (${into}) then amount_minor when kind in (${from}) then -amount_minor else 0 end), 0)::text`.as(
        'minor',
      ),
    )
    .where('deskId', '=', deskId)
    .executeTakeFirstOrThrow()
  return BigInt(row.minor)
}

/** Shifts that are looked at in one check, the latest. */
const MOST = 1_000

async function brokenShifts(db: Database, { id, key, lastShift }: store.Desk): Promise<string[]> {
  const query = db.selectFrom('cashShift').selectAll().where('deskId', '=', id).where('closedAt', 'is not', null)
  const broken: string[] = []
  for (const row of await query.orderBy('number', 'desc').limit(MOST).execute()) {
    const shift = row as unknown as store.Shift
    const { expectedMinor } = await totalsOfShift(db, shift.id)
    const movements = await store.movementsOf(db, shift.id)
    const of = (kind: string): bigint => BigInt(movements.find((one) => one.kind === kind)?.amountMinor ?? '0')
    const counted = BigInt(shift.countedMinor ?? '0')
    const report = shift.report as { expected?: string; counted?: string } | null
    const isSame =
      String(expectedMinor) === shift.expectedMinor &&
      of('over') - of('short') === counted - expectedMinor &&
      of('emptied') === counted &&
      report?.expected !== undefined
    if (!isSame) broken.push(`${key} ${shift.number} of ${lastShift}`)
  }
  return broken
}
