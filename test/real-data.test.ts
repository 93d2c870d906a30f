import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { importUsageFile, readMapping } from '../src/cli/usage-import.ts'
import { checkHolds, SHARED, startKvit, type TestKvit } from './harness.ts'

/** The whole data sets, which are not part of the project: without them these tests say so and are skipped. */
const DATA = join(SHARED, 'data')
const skip = existsSync(join(DATA, 'lcl-household-meters')) ? false : 'needs the data sets in ../shared/data'
const EXAMPLES = join(import.meta.dirname, '../examples')
const D = Decimal.clone({ precision: 60 })

interface Line extends Json {
  readonly from: string
  readonly description: string
  readonly quantity: string
  readonly exactAmount: string
  readonly amount: string
}

async function linesByAccount({ client }: TestKvit): Promise<Map<string, Line[]>> {
  const lines = new Map<string, Line[]>()
  for (const { id } of await client.list<{ id: string }>('/v1/invoices')) {
    const { document } = await client.get<{ document: { account: string; lines: Line[] } }>(`/v1/invoices/${id}`)
    lines.set(document.account, [...(lines.get(document.account) ?? []), ...document.lines])
  }
  return lines
}

const sum = (values: readonly string[]): Decimal => values.reduce((total, value) => total.plus(value), new D(0))

/** Of the 30, with 505,684 readings: the first six are of both tariffs. */
const HOMES = Number(process.env['KVIT_TEST_HOMES'] ?? 6)

test('a year of readings of homes, on their own tariffs: per home and month the exact kWh and pence', {
  skip,
}, async (t) => {
  const kvit = await startKvit('lcl', '2014-01-01T06:00:00Z')
  const { client } = kvit
  const folder = join(DATA, 'lcl-household-meters')
  // E14: one line a price, so that a bill is what it comes to, rounded once.
  const plans = readFileSync(join(EXAMPLES, 'london-electricity/plans/london.yaml'), 'utf8').replaceAll(
    'meter: electricity\n',
    'meter: electricity\n        invoiceLine: price\n',
  )
  await client.post('/v1/issuers', { key: 'london', name: 'London', address: 'London' })
  await client.post('/v1/catalog', {
    files: [
      { name: 'london.yaml', text: plans },
      { name: 'dtou-2013-q1.csv', text: readFileSync(join(folder, 'tariffs_dtou_2013.csv'), 'utf8') },
    ],
  })
  const homes = readFileSync(join(folder, 'households.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1, 1 + HOMES)
    .map((row) => row.split(','))
  const rows = homes.map(([home, tariff]) =>
    [
      home,
      home,
      home,
      'london',
      'GBP',
      'UTC',
      '2013-01-01',
      home,
      '2013-01-01T00:00:00Z',
      home,
      tariff === 'ToU' ? 'home-dynamic' : 'home-flat',
      '2013-01-01T00:00:00Z',
    ].join(','),
  )
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  assert.deepEqual((await importCustomers(client, [header, ...rows].join('\n'))).errors, [])
  const mapping = await readMapping(join(EXAMPLES, 'london-electricity/mapping.yaml'))
  let charged = 0
  for (const [home] of homes) {
    charged += Number((await importUsageFile(client, join(folder, 'households', `${home}.csv`), mapping)).charged)
  }
  assert.equal(charged, sumOfReadings(folder, homes as [string, string][]))
  if (HOMES === 30) assert.equal(charged, 505_684)
  await runBills(client, '2014-01-01')
  const billed = await linesByAccount(kvit)
  for (const [home, tariff] of homes as [string, string][]) {
    const expected = expectedByMonth(folder, home, tariff)
    for (const [month, { kWh, pounds }] of expected) {
      const own = (billed.get(home) ?? []).filter(({ from }) => from.startsWith(month))
      assert.equal(sum(own.map(({ quantity }) => quantity)).toFixed(), kWh.toFixed(), `${home} ${month} kWh`)
      assert.equal(sum(own.map(({ exactAmount }) => exactAmount)).toFixed(), pounds.toFixed(), `${home} ${month} GBP`)
      assert.deepEqual(
        own.map(({ amount }) => amount),
        [pounds.toFixed(2, D.ROUND_HALF_UP)],
      )
    }
  }
  const year = sum((billed.get('MAC000002') ?? []).map(({ exactAmount }) => exactAmount))
  assert.equal(year.times(100).toFixed(), '59966.0117496912')
  t.diagnostic(`${homes.length} homes, ${charged} readings exact`)
  const perHome: string[] = []
  for (const [home] of homes as [string, string][]) {
    const readings = sumOfReadings(folder, [[home]])
    const report = await client.get(
      `/v1/usage-gaps?service=${home}&from=2013-01-01T00:00:00Z&until=2014-01-01T00:00:00Z&stepMinutes=30`,
    )
    assert.equal(report['missing'], 365 * 48 - readings, home)
    if (report['missing'] !== 0) perHome.push(`${home} ${String(report['missing'])}`)
  }
  t.diagnostic(`missing half-hours of 2013 by home: ${perHome.join(', ')}; the other homes have none`)
  assert.deepEqual(await checkHolds(client), [])
})

function sumOfReadings(folder: string, homes: readonly (readonly [string, ...string[]])[]): number {
  const rowsOf = (home: string): string[] =>
    readFileSync(join(folder, 'households', `${home}.csv`), 'utf8')
      .trim()
      .split('\n')
  return homes.reduce((total, [home]) => total + rowsOf(home).length - 1, 0)
}

/** The oracle: quantity × published tariff, summed with another decimal library. */
function expectedByMonth(
  folder: string,
  home: string,
  tariff: string,
): Map<string, { kWh: Decimal; pounds: Decimal; readings: number }> {
  const pence: Readonly<Record<string, string>> = { High: '67.20', Normal: '11.76', Low: '3.99' }
  const signal = new Map(
    readFileSync(join(folder, 'tariffs_dtou_2013.csv'), 'utf8')
      .split('\n')
      .map((row) => row.trim().split(',') as [string, string]),
  )
  const months = new Map<string, { kWh: Decimal; pounds: Decimal; readings: number }>()
  for (const row of readFileSync(join(folder, 'households', `${home}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)) {
    const [, time, reading] = row.split(',') as [string, string, string]
    const month = months.get(time.slice(0, 7)) ?? { kWh: new D(0), pounds: new D(0), readings: 0 }
    const rate = tariff === 'ToU' ? pence[signal.get(time.slice(0, 16)) ?? ''] : '14.228'
    const energy = new D(reading.trim())
    months.set(time.slice(0, 7), {
      kWh: month.kWh.plus(energy),
      pounds: month.pounds.plus(energy.times(rate ?? Number.NaN).div(100)),
      readings: month.readings + 1,
    })
  }
  return months
}

/** Of the 3,000 that the source has. */
const SUBSCRIBERS = Number(process.env['KVIT_TEST_SUBSCRIBERS'] ?? 500)

test('subscribers are billed the charges of the source: all day, evening and international ones, and night ones but for ties', {
  skip,
}, async (t) => {
  const kvit = await startKvit('telephony', '2024-02-01T08:00:00Z')
  const { client } = kvit
  await client.post('/v1/issuers', { key: 'bell', name: 'Bell', address: 'Boston' })
  await client.post('/v1/catalog', {
    files: [{ name: 'voice.yaml', text: readFileSync(join(EXAMPLES, 'telephony/plans/voice.yaml'), 'utf8') }],
  })
  const [head, ...rows] = readFileSync(join(DATA, 'telco-churn/mlc_churn.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(0, 1 + SUBSCRIBERS)
    .map((row) => row.split(','))
  const at = (row: readonly string[], column: string): string => row[(head ?? []).indexOf(column)] ?? ''
  const customers = rows.map(
    (_, index) =>
      `s${index},s${index},s${index},bell,USD,UTC,2024-01-01,s${index},2024-01-01T00:00:00Z,s${index},voice-by-time-of-day,2024-01-01T00:00:00Z`,
  )
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  assert.deepEqual((await importCustomers(client, [header, ...customers].join('\n'))).errors, [])
  const usage = rows.map((row, index) =>
    [
      `s${index}`,
      '2024-01-31T12:00:00Z',
      ...['day', 'eve', 'night', 'intl'].map((name) => at(row, `total_${name}_minutes`)),
    ].join(','),
  )
  const file = join(await mkdtemp(join(tmpdir(), 'kvit-telephony-')), 'minutes.csv')
  await writeFile(
    file,
    ['subscriber,month_end,day_minutes,eve_minutes,night_minutes,intl_minutes', ...usage].join('\n'),
  )
  const report = await importUsageFile(client, file, await readMapping(join(EXAMPLES, 'telephony/mapping.yaml')))
  assert.equal(report.charged, String(rows.length))
  await runBills(client, '2024-02-01')
  const billed = await linesByAccount(kvit)
  const equal = { 'Day calls': 0, 'Evening calls': 0, 'Night calls': 0, 'International calls': 0 }
  const halfCents = rows.filter((row) => new D(at(row, 'total_night_minutes')).times('4.5').mod(1).equals(0.5)).length
  const columns = { 'Day calls': 'day', 'Evening calls': 'eve', 'Night calls': 'night', 'International calls': 'intl' }
  for (const [index, row] of rows.entries()) {
    for (const [description, column] of Object.entries(columns) as [keyof typeof equal, string][]) {
      const line = billed.get(`s${index}`)?.find((candidate) => candidate.description === description)
      const amount = line?.amount ?? '0.00'
      if (new D(amount).equals(at(row, `total_${column}_charge`))) equal[description]++
    }
  }
  t.diagnostic(
    `equal to the source: ${JSON.stringify(equal)} of ${rows.length}; the other night charges are half-cent ties that the source rounded down`,
  )
  const all = rows.length
  assert.deepEqual([equal['Day calls'], equal['Evening calls'], equal['International calls']], [all, all, all])
  assert.ok(equal['Night calls'] >= all - halfCents, `${halfCents} night charges are ties of half a cent`)
  assert.deepEqual(await checkHolds(client), [])
})
