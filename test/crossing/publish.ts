import type { Client, Json } from '../../src/cli/client.ts'
import type { Deck, History, Signal } from './history.ts'
import { RATES } from './reference/taxes.ts'

/** What histories stand on: their decks, signals, plans and coupons. Each version of a plan is published on its own. */
export async function publish(client: Client, histories: readonly History[]): Promise<void> {
  const [first] = histories
  if (first === undefined) return
  if (histories.some(({ tax }) => tax !== 'untaxed')) await publishSellers(client, first)
  const prices = histories.flatMap(({ plans }) => plans.flatMap((plan) => plan.prices))
  if (prices.some((price) => price.kind === 'usage' && price.deck !== undefined)) await importDeck(client, first.deck)
  const hasSignal = prices.some((price) => price.kind === 'usage' && price.schedule !== undefined)
  for (const version of [1, 2]) {
    const files = histories.flatMap(({ name, meters, plans }) => {
      const ofVersion = plans.filter((plan) => plan.version === version)
      return ofVersion.length === 0 ? [] : [{ name: `${name}.yaml`, text: planFile(meters, ofVersion) }]
    })
    if (hasSignal && version === 1) files.push(...signalFiles(first.signal))
    if (files.length > 0) await client.post('/v1/catalog', { files })
  }
  for (const { coupon, currency } of histories)
    if (coupon !== null)
      await client.post('/v1/coupons', { ...coupon, currency: coupon.value.kind === 'fixed' ? currency : null })
}

/** A plan file; JSON is YAML, too. */
export function planFile(meters: History['meters'], plans: History['plans']): string {
  return JSON.stringify({ meters, plans: plans.map(({ version: _version, ...plan }) => asWritten(plan)) }, null, 1)
}

/** The rates of a schedule stand by their values. */
function asWritten(plan: Omit<History['plans'][number], 'version'>): Json {
  const prices = plan.prices.map((price) => {
    if (price.kind !== 'usage' || price.schedule === undefined) return price
    const { code, rates } = price.schedule
    return { ...price, schedule: { code, rates: Object.fromEntries(rates.map(({ value, rate }) => [value, rate])) } }
  })
  return { ...plan, prices }
}

const MINUTES_A_DAY = 1_440

function signalFiles({ code, zone, days }: Signal): { name: string; text: string }[] {
  const columns = { timeColumn: 'time', valueColumn: 'value' }
  // An entry holds for a calendar day, of 25 hours where clocks go back.
  const schedules = [{ code, stepMinutes: MINUTES_A_DAY, zone, file: 'signal.csv', ...columns }]
  const rows = days.map(({ day, value }) => `${day} 00:00,${value}`)
  return [
    { name: 'signal.yaml', text: JSON.stringify({ schedules }) },
    { name: 'signal.csv', text: ['time,value', ...rows].join('\n') },
  ]
}

async function importDeck(client: Client, { code, zone, versions }: Deck): Promise<void> {
  const mapping = {
    ...{ code, name: code, zone, prefix: { column: 'Prefix' }, destination: { column: 'Destination' } },
    rates: { bare: { column: 'Rate' }, 'with fee': { column: 'Rate' } },
    columns: { 'with fee': { connectionFee: { column: 'Fee' } } },
  }
  for (const { from, rows } of versions) {
    const lines = rows.map(({ prefix, destination, unitAmount, fee }) =>
      [prefix, destination, unitAmount, fee].join(','),
    )
    const text = ['Prefix,Destination,Rate,Fee', ...lines].join('\n')
    await client.post('/v1/rate-decks', { mapping, effectiveFrom: from, file: { name: 'deck.csv', text } })
  }
}

const HOME = { 'one rate': 'FI', 'rate changes': 'DE', exempt: 'FI' } as const
const TAX_NUMBERS = { FI: 'FI01120389', DE: 'DE136695976' } as const

/** A seller of each country with tax, and of one of them the rates. */
async function publishSellers(client: Client, { rateChangesOn }: History): Promise<void> {
  for (const country of ['FI', 'DE'] as const) {
    const registrations = [{ country, number: TAX_NUMBERS[country], from: '2020-01-01' }]
    const seller = { key: country, name: `Operator of ${country}`, address: country, postalAddress: { country } }
    await client.post('/v1/issuers', { ...seller, registrations })
  }
  const standard = { country: 'DE', tax: 'vat', class: 'standard' }
  const rates = [
    { ...standard, from: '2020-01-01', until: rateChangesOn, percent: RATES.before },
    { ...standard, from: rateChangesOn, percent: RATES.after },
  ]
  await client.post('/v1/tax-rates', { source: 'a law', asOf: '2026-01-01', rates })
}

export async function open(client: Client, history: History): Promise<void> {
  const { name, currency, zone, cycle, anchor, startsAt, quantity, creditLimit, plans, tax, graceDays } = history
  const country = tax === 'untaxed' ? null : HOME[tax]
  const certificate = { country: 'FI', number: 'A-1', reason: 'an embassy', from: '2020-01-01' }
  await client.post('/v1/customers', {
    ...{ key: name, name },
    ...(country === null ? {} : { kind: 'consumer', postalAddress: { country } }),
    ...(tax === 'exempt' ? { certificates: [certificate] } : {}),
  })
  const { unit: cycleUnit, count: cycleCount = 1 } = cycle
  const terms = { currency, zone, cycleUnit, cycleCount, cycleAnchor: anchor, creditLimit }
  const grace = graceDays === 0 ? {} : { gracePeriod: `P${graceDays}D` }
  await client.post('/v1/accounts', { key: name, customer: name, issuer: country ?? 'op', ...terms, ...grace })
  await client.post('/v1/services', { key: name, account: name, validFrom: startsAt })
  await client.post('/v1/subscriptions', {
    key: name,
    account: name,
    plan: plans[0]?.code,
    planVersion: 1,
    quantity,
    startsAt,
  })
}
