import type { Json } from '../../src/cli/client.ts'
import { formatMinor } from '../../src/core/base/money.ts'
import { minorOf, type YearWorld } from './world.ts'

const PAID = `case when exists (select from payment_attempt t where t.payment_id = p.id) then 'card'
  when exists (select from cash_receipt c where c.payment_id = p.id) then 'desk'
  when exists (select from terminal_transaction k where k.payment_id = p.id) then 'terminal'
  when exists (select from sepa_order d where d.payment_id = p.id) then 'debit' else p.method end`

/** What each month comes to, as the tables of the tenant have it: a column for each thing. */
const BY_MONTH = `
  select to_char(issued_on, 'YYYY-MM') as month, 'billed' as what, sum(total_minor) as n, true as is_money from invoice where kind <> 'credit_note' group by 1
  union all select to_char(issued_on, 'YYYY-MM'), 'credited', -sum(total_minor), true from invoice where kind = 'credit_note' group by 1
  union all select to_char(p.received_on, 'YYYY-MM'), 'by ' || ${PAID}, sum(p.amount_minor), true from payment p group by 1, 2
  union all select to_char(created_at, 'YYYY-MM'), 'taken back', sum(amount_minor), true from payment_reversal group by 1
  union all select to_char(created_at, 'YYYY-MM'), case type when 'payment_attempt.failed' then 'declined' when 'direct_debit.failed' then 'returned'
      when 'dispute.opened' then 'disputed' when 'dispute.won' then 'won' when 'dispute.lost' then 'lost'
      when 'service.blocked' then 'blocked' when 'service.opened' then 'opened' when 'refund.sent' then 'refunds' end, count(*)::int, false from event
    where type in ('payment_attempt.failed', 'direct_debit.failed', 'dispute.opened', 'dispute.won', 'dispute.lost',
      'service.blocked', 'service.opened', 'refund.sent') group by 1, 2
  union all select to_char(created_at, 'YYYY-MM'), channel || ' ' || state, count(*)::int, false from notice_send group by 1, 2
  union all select to_char(created_at, 'YYYY-MM'), 'notices suppressed', count(*)::int, false from notice where state = 'suppressed' group by 1`

/** Of each kind of notices, what became of its messages and why. */
const BY_KIND = `
  select kind, channel, state, coalesce(reason, '') as reason, count(*)::int as n from notice_send group by 1, 2, 3, 4
  union all select kind, '', state, reason, count(*)::int from notice where state = 'suppressed' group by 1, 2, 3, 4 order by 1, 2, 3, 4`

const DECLINES = `select coalesce(reason, '') as reason, count(*)::int as n from payment_attempt where state = 'failed' group by 1 order by 1`

/** Rows of tables for a page: what each month came to, with what was overdue at its end. */
export async function monthTables(
  world: YearWorld,
  overdue: ReadonlyMap<string, { readonly accounts: number; readonly minor: bigint }>,
): Promise<string[]> {
  const found = await world.rows(BY_MONTH)
  const months = [...new Set(found.map(({ month }) => String(month)))].sort()
  const cells = new Map(found.map((row) => [`${row['month']} ${row['what']}`, textOf(row)]))
  for (const [month, { accounts, minor }] of overdue) {
    cells.set(`${month} accounts overdue`, String(accounts))
    cells.set(`${month} overdue`, formatMinor(minor, 'EUR'))
  }
  const whats = [...new Set(found.map(({ what }) => String(what))), 'accounts overdue', 'overdue']
  const row = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`
  const kinds = await world.rows(BY_KIND)
  const declines = await world.rows(DECLINES)
  return [
    row(['month', ...whats]),
    ...months.map((month) => row([month, ...whats.map((what) => cells.get(`${month} ${what}`) ?? '')])),
    ...kinds.map((one) => row(Object.values(one).map(String))),
    ...declines.map(({ reason, n }) => row([`declined: ${reason}`, String(n)])),
  ]
}

function textOf({ n, is_money: isMoney }: Json): string {
  return isMoney === true ? formatMinor(minorOf(n), 'EUR') : String(n)
}
