import { sql } from 'kysely'
import { formatMinor } from '../../core/base/money.ts'
import { earnedBefore } from '../../core/books/spread.ts'
import { schemaOf } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { openPages } from './books-lines.ts'
import type { Computing } from './computing.ts'
import { futureOf } from './future-days.ts'
import type { RecognitionRow } from './line-store.ts'
import type { Books } from './store.ts'

type Row = Pick<
  RecognitionRow,
  'subject' | 'currency' | 'billedOn' | 'netMinor' | 'recognisedMinor' | 'deferredMinor' | 'unbilledMinor'
> & {
  readonly month: string
}

/** What was billed in a month: in which months it was recognised, and what of it is still to be. */
export interface WaterfallRow {
  readonly currency: string
  /** `2026-01`; null for usage that no document bills yet. */
  readonly billedIn: string | null
  readonly billed: string
  readonly recognised: Readonly<Record<string, string>>
  readonly deferred: string
  readonly unbilled: string
  /** When what is deferred will be recognised, as far as days say. What units will be used for is under `when_used`. */
  readonly future: Readonly<Record<string, string>>
}

interface Sums {
  billed: bigint
  deferred: bigint
  unbilled: bigint
  readonly recognised: Map<string, bigint>
  readonly future: Map<string, bigint>
}

/**
 * Revenue by the month in which it was billed, and those in which it was recognised, as of a day. In each row what was recognised, deferred
 * and, below zero, unbilled add up to what was billed; what is deferred adds up to the account of deferred revenue.
 */
export async function waterfall(
  { db }: Pick<ReadContext, 'db'>,
  books: Books,
  computing: Computing | null,
  asOf: string,
): Promise<{ items: WaterfallRow[]; totals: { currency: string; deferred: string; unbilled: string }[] }> {
  const rows = await closedRows({ db }, books, asOf)
  for await (const { recognitions } of openPages(computing)) {
    const month = (computing?.start ?? '').slice(0, 7)
    for (const row of recognitions) rows.push({ ...row, month: monthOf(computing, month) })
  }
  const sums = new Map<string, Sums>()
  const last = new Map<string, Row>()
  for (const row of rows) {
    add(sumsFor(sums, row).recognised, row.month, BigInt(row.recognisedMinor))
    last.set(row.subject, row)
  }
  for (const row of last.values()) {
    const sum = sumsFor(sums, row)
    sum.deferred += BigInt(row.deferredMinor)
    sum.unbilled += BigInt(row.unbilledMinor)
    if (row.billedOn !== null && row.billedOn <= asOf) sum.billed += BigInt(row.netMinor)
  }
  const open = [...last.values()].filter(({ deferredMinor }) => deferredMinor !== '0')
  for await (const { subject, netMinor, spread } of futureOf({ db }, open, asOf)) {
    const row = last.get(subject) as Row
    const { future } = sumsFor(sums, row)
    if (spread === null) add(future, 'when_used', BigInt(row.deferredMinor))
    else for (const [month, amount] of byMonth(netMinor, spread, asOf)) add(future, month, amount)
  }
  const items = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sum]) => {
      const [currency = '', billedIn = ''] = name.split(' ')
      const shown = (map: ReadonlyMap<string, bigint>): Record<string, string> =>
        Object.fromEntries(
          [...map]
            .filter(([, minor]) => minor !== 0n)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([month, minor]) => [month, formatMinor(minor, currency)]),
        )
      const [billed, deferred, unbilled] = [sum.billed, sum.deferred, sum.unbilled].map((minor) =>
        formatMinor(minor, currency),
      )
      return {
        ...{
          currency,
          billedIn: billedIn === '' ? null : billedIn,
          billed: billed as string,
          recognised: shown(sum.recognised),
        },
        ...{ deferred: deferred as string, unbilled: unbilled as string, future: shown(sum.future) },
      }
    })
  const totals = [...Map.groupBy(sums, ([name]) => name.split(' ')[0] as string)].map(([currency, own]) => {
    const all = (of: 'deferred' | 'unbilled'): string =>
      formatMinor(
        own.reduce((total, [, sum]) => total + sum[of], 0n),
        currency,
      )
    return { currency, deferred: all('deferred'), unbilled: all('unbilled') }
  })
  return { items, totals }
}

/** Days of several open months are computed at once: they are told as one, by its first and last month. */
function monthOf(computing: Computing | null, first: string): string {
  const last = (
    computing === null ? first : Temporal.PlainDate.from(computing.end).subtract({ days: 1 }).toString()
  ).slice(0, 7)
  return first === last ? first : `${first}..${last}`
}

function sumsFor(sums: Map<string, Sums>, { currency, billedOn }: Row): Sums {
  const name = `${currency} ${billedOn?.slice(0, 7) ?? ''}`
  const known = sums.get(name) ?? { billed: 0n, deferred: 0n, unbilled: 0n, recognised: new Map(), future: new Map() }
  sums.set(name, known)
  return known
}

function add(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

/** Months that one spread is told by, at most: a hundred years. */
const MAX_MONTHS = 1_200

function* byMonth(
  netMinor: bigint,
  spread: Parameters<typeof earnedBefore>[1],
  asOf: string,
): Generator<readonly [month: string, amount: bigint]> {
  let from = Temporal.PlainDate.from(asOf).add({ days: 1 })
  for (let count = 0; count < MAX_MONTHS; count++) {
    const until = from.with({ day: 1 }).add({ months: 1 })
    const earned = earnedBefore(netMinor, spread, until.toString())
    yield [from.toString().slice(0, 7), earned - earnedBefore(netMinor, spread, from.toString())]
    if (earned === netMinor) return
    from = until
  }
}

async function closedRows({ db }: Pick<ReadContext, 'db'>, { issuerId }: Books, asOf: string): Promise<Row[]> {
  const schema = schemaOf(db)
  const { rows } = await sql<Row>`${sql.raw(`
    select r.subject, r.currency, r.billed_on as "billedOn", r.net_minor::text as "netMinor", r.recognised_minor::text as "recognisedMinor",
      r.deferred_minor::text as "deferredMinor", r.unbilled_minor::text as "unbilledMinor", to_char(p.start_day, 'YYYY-MM') as month
    from "${schema}".recognition r join "${schema}".accounting_period p on p.id = r.period_id and p.generation = r.generation
    where r.issuer_id = '${issuerId}' and p.state = 'closed' and p.end_day <= '${asOf}'::date + 1 order by p.start_day, r.subject`)}`.execute(
    db,
  )
  return rows
}
