import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { formatMinor, parseMinor } from '../../../../src/core/base/money.ts'
import type { AnswerOf } from '../../../sdk/src/index.ts'
import { useAsk, useWritten } from '../asking.ts'
import { gapless, type Point } from '../parts/chart-data.ts'
import { Empty, Fault, PageHead, Waiting } from '../parts/feedback.tsx'
import { TableHead } from '../parts/table-head.tsx'
import { useSession } from '../session.tsx'
import { sayCode, useWords, type Word } from '../words.tsx'

const Chart = lazy(async () => import('../parts/chart.tsx').then(({ Chart: loaded }) => ({ default: loaded })))

type Overview = AnswerOf<'get', '/v1/overview'>
type MoneyOfDay = Overview['money'][number]

/** Where what waits for a person is worked on; what has no screen yet is worked on by the API. */
const WHERE: Readonly<Record<string, { readonly to: string; readonly search?: Record<string, string> }>> = {
  suspense: { to: '/suspense' },
  bank_lines: { to: '/bank-lines', search: { state: 'waiting' } },
  payment_attempts: { to: '/payments', search: { tab: 'attempts', state: 'failed' } },
  payment_disputes: { to: '/payments', search: { tab: 'disputes' } },
  disputes: { to: '/documents', search: { tab: 'disputes' } },
  held_invoices: { to: '/documents', search: { tab: 'drafts' } },
  deliveries: { to: '/documents', search: { tab: 'deliveries', state: 'failed' } },
}
const MOST = 1_000
const USAGE_EVERY_MS = 2_000

export function HomeScreen(): ReactNode {
  const { say } = useWords()
  const { may, me } = useSession()
  const overview = useAsk('/v1/overview', {})
  return (
    <>
      <PageHead title={say('home.title', { name: me.user.name })} />
      {overview.isError && <Fault error={overview.error} again={() => void overview.refetch()} />}
      {overview.isPending && <Waiting />}
      {overview.data !== undefined && (
        <div className="stack">
          <FirstSteps />
          <Figures money={overview.data.money} />
          <div className="halves">
            <Attention items={overview.data.attention} />
            {may('usage:read') && <UsageNow />}
          </div>
          <Days money={overview.data.money} />
        </div>
      )}
    </>
  )
}

/** Of a tenant that has no customer yet: what comes first. */
function FirstSteps(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const customers = useAsk('/v1/customers', may('customers:read') ? { limit: 1 } : null)
  if (customers.data === undefined || customers.data.items.length > 0) return null
  return (
    <section className="sheet">
      <Empty
        title={say('home.first')}
        act={
          <div className="row spread">
            <Link to="/plans">{say('home.firstPlan')}</Link>
            <Link to="/customers/new">{say('home.firstCustomer')}</Link>
            <a href="/reference/#tag/usage">{say('home.firstUsage')}</a>
          </div>
        }
      >
        {say('home.firstHow')}
      </Empty>
    </section>
  )
}

/** Sums by currency, exact: amounts are whole numbers of their smallest units. */
function sumsOf(money: readonly MoneyOfDay[], of: 'billed' | 'collected'): readonly (readonly [string, string])[] {
  const sums = new Map<string, bigint>()
  for (const { currency, [of]: amount } of money)
    if (amount !== null) sums.set(currency, (sums.get(currency) ?? 0n) + minorOf(amount, currency))
  return [...sums].map(([currency, minor]) => [currency, formatMinor(minor, currency)] as const)
}

function minorOf(amount: string, currency: string): bigint {
  const minor = parseMinor(amount, currency)
  if (minor === null) throw new Error(`${amount} is no amount of ${currency}`)
  return minor
}

function Figures({ money }: { readonly money: readonly MoneyOfDay[] }): ReactNode {
  const { may } = useSession()
  const standing = useAsk('/v1/standing', may('invoices:read') || may('payments:read') ? {} : null)
  const items = standing.data?.items ?? []
  return (
    <div className="cards figures">
      {may('invoices:read') && <Figure word="home.billed" amounts={sumsOf(money, 'billed')} />}
      {may('payments:read') && <Figure word="home.collected" amounts={sumsOf(money, 'collected')} />}
      <Figure
        word="home.open"
        amounts={items.map(({ currency, open }) => [currency, open])}
        link={{ to: '/documents', search: { state: 'open' } }}
      />
      <Figure
        word="home.overdue"
        amounts={items.map(({ currency, overdue }) => [currency, overdue])}
        link={{ to: '/documents', search: { state: 'overdue' } }}
      />
      <Figure word="home.prepaid" amounts={items.map(({ currency, prepaid }) => [currency, prepaid])} />
    </div>
  )
}

function Figure(props: {
  readonly word: Word
  readonly amounts: readonly (readonly [string, string])[]
  readonly link?: { readonly to: string; readonly search: Record<string, string> }
}): ReactNode {
  const { say } = useWords()
  const { money } = useWritten()
  return (
    <section className="sheet">
      <h2 className="faint">{say(props.word)}</h2>
      {props.amounts.length === 0 && <div className="card-figure">–</div>}
      {props.amounts.map(([currency, amount]) => (
        <div key={currency} className="card-figure">
          {money(amount, currency)}
        </div>
      ))}
      {props.link !== undefined && props.amounts.length > 0 && (
        <Link to={props.link.to} search={props.link.search as never} className="small">
          {say('home.show')}
        </Link>
      )}
    </section>
  )
}

function Attention({ items }: { readonly items: Overview['attention'] }): ReactNode {
  const { say } = useWords()
  const { number } = useWritten()
  const waiting = items.filter(({ count }) => count > 0)
  return (
    <section className="sheet">
      <h2>{say('home.attention')}</h2>
      {waiting.length === 0 && <p className="faint">{say('home.nothing')}</p>}
      <ul className="plain">
        {waiting.map(({ code, count }) => {
          const where = WHERE[code]
          const text = sayCode(say, 'attention', code)
          return (
            <li key={code} className="row spread">
              {where === undefined ? (
                <span>{text}</span>
              ) : (
                <Link to={where.to} search={(where.search ?? {}) as never}>
                  {text}
                </Link>
              )}
              <span className="badge warn">{count > MOST ? `> ${number(MOST)}` : number(count)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const MINUTE_S = 60
const DAY_S = 86_400

/** Lines for a chart, one for each label. */
function linesOf(points: readonly Point[], stepSeconds: number, labels: readonly string[]) {
  const all = gapless(points, stepSeconds)
  return {
    times: all.map(([seconds]) => seconds),
    series: labels.map((label, line) => ({ label, values: all.map((point) => point[line + 1] ?? 0) })),
  }
}

/** Usage as it comes. */
function UsageNow(): ReactNode {
  const { say } = useWords()
  const { number } = useWritten()
  const minutes = useAsk('/v1/usage-minutes', {}, { everyMs: USAGE_EVERY_MS })
  const items = minutes.data?.items ?? []
  const text = items.map(({ minute, received }) => `${minute} ${received}`).join()
  const drawn = useMemo(
    () =>
      linesOf(
        items.map(({ minute, received, suspended }) => [Date.parse(minute) / 1_000, received, suspended]),
        MINUTE_S,
        [say('usage.received'), say('usage.suspended')],
      ),
    [text, say],
  )
  const total = items.reduce((sum, { received }) => sum + received, 0)
  return (
    <section className="sheet">
      <h2>{say('home.usage')}</h2>
      <p>
        <span className="card-figure">{number(total)}</span> <span className="faint">{say('home.usageRecords')}</span>
      </p>
      {items.length > 0 && (
        <Suspense fallback={null}>
          <Chart label={say('home.usage')} {...drawn} written={clockTime} />
        </Suspense>
      )}
      {items.length === 0 && <p className="faint small">{say('home.usageNone')}</p>}
    </section>
  )
}

const CLOCK = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit' })

/** `09:05`, as all languages of the console write it. */
function clockTime(seconds: number): string {
  return CLOCK.format(seconds * 1_000)
}

/** `02-28`, as in ISO 8601: there is no room for more. */
function dayOfMonth(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(5, 10)
}

/** Billed and collected, day by day: drawn for one currency, and all of it as a table. */
function Days({ money }: { readonly money: readonly MoneyOfDay[] }): ReactNode {
  const { say } = useWords()
  const written = useWritten()
  const currency = money.at(-1)?.currency
  const drawn = useMemo(() => {
    const days = money.filter((row) => row.currency === currency)
    return linesOf(
      days.map(({ day, billed, collected }) => [Date.parse(day) / 1_000, Number(billed ?? 0), Number(collected ?? 0)]),
      DAY_S,
      [say('home.billedShort'), say('home.collectedShort')],
    )
  }, [money, currency, say])
  if (currency === undefined) return null
  return (
    <section className="sheet">
      <h2>{say('home.days', { currency })}</h2>
      {drawn.times.length > 0 && (
        <Suspense fallback={<Waiting />}>
          <Chart label={say('home.days', { currency })} {...drawn} written={dayOfMonth} />
        </Suspense>
      )}
      <details>
        <summary>{say('home.asTable')}</summary>
        <table>
          <TableHead first={say('column.day')} figures={[say('home.billedShort'), say('home.collectedShort')]} />
          <tbody>
            {money.map(({ day, currency: of, billed, collected }) => (
              <tr key={`${day} ${of}`}>
                <td>{written.day(day)}</td>
                <td className="right figure">{billed === null ? '–' : written.money(billed, of)}</td>
                <td className="right figure">{collected === null ? '–' : written.money(collected, of)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
