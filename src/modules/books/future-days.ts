import { sql } from 'kysely'
import type { Spread } from '../../core/books/spread.ts'
import { anyOf, schemaOf } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'

/** Subjects that are read at once. */
const PAGE = 1_000

/** How what is deferred of some subjects is spread over days to come; null where it follows from use. */
export async function* futureOf(
  { db }: Pick<ReadContext, 'db'>,
  open: readonly { readonly subject: string }[],
  asOf: string,
): AsyncGenerator<{ readonly subject: string; readonly netMinor: bigint; readonly spread: Spread | null }> {
  for (const { subject } of open) if (!subject.startsWith('line:')) yield { subject, netMinor: 0n, spread: null }
  const ids = open.flatMap(({ subject }) => (subject.startsWith('line:') ? [subject.slice('line:'.length)] : []))
  const schema = schemaOf(db)
  for (let at = 0; at < ids.length; at += PAGE) {
    const { rows } = await sql<{ id: string; kind: string; net: string; start: string; end: string }>`${sql.raw(`
      select l.id, l.kind, coalesce(l.net_minor, l.amount_minor)::text as net, coalesce(shown.line ->> 'from', l.period_start::text) as start,
        coalesce(shown.line ->> 'until', l.period_end::text) as end
      from "${schema}".invoice_line l join "${schema}".invoice i on i.id = l.invoice_id
      left join lateral (select line from jsonb_array_elements(i.document -> 'lines') line where line ->> 'id' = l.id::text limit 1) shown on true
      where l.id = `)}${anyOf(ids.slice(at, at + PAGE))}`.execute(db)
    for (const { id, kind, net, start, end } of rows) {
      const isLong = kind !== 'usage' && end > asOf
      const days =
        kind === 'one_off' ? { start, end: Temporal.PlainDate.from(start).add({ days: 1 }).toString() } : { start, end }
      yield { subject: `line:${id}`, netMinor: BigInt(net), spread: isLong ? { kind: 'straight', days } : null }
    }
  }
}
