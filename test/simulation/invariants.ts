import { present } from '../../src/core/base/assert.ts'
import { currencyOf } from '../../src/core/base/currency.ts'
import { formatScaled } from '../../src/core/base/decimal.ts'
import { UNIT_SCALE } from '../../src/core/base/quantity.ts'
import { powerOfTen } from '../../src/core/base/rounding.ts'
import { createZoneClock } from '../../src/core/base/zone-clock.ts'
import type { Deduction } from '../../src/core/charging/balances.ts'
import { type CompiledPrice, elementOfKey, type RateElement } from '../../src/core/rating/compiled-price.ts'
import { NOTHING_YET, sessionAfter } from '../../src/core/rating/modifiers/session-rules.ts'
import { billedQuantity } from '../../src/core/rating/record-use.ts'
import type { BalanceReport, CompiledCatalog, Engine } from '../../src/engine/index.ts'
import { Refusal } from '../../src/platform/problems.ts'
import type { OperationRow } from './back-office.ts'
import type { JournalReader, JournalRecord, Told } from './oracle.ts'
import { CURRENCY, compilePublished } from './tariffs.ts'
import { TENANT, type World } from './world.ts'

const { ratingScale } = currencyOf(CURRENCY)

/** Compares memory with the journal, and both with what callers were told. @param isQuiet nobody asks for anything. */
export async function checkWorld(world: World, told: Told, reader: JournalReader, isQuiet = false): Promise<void> {
  const answer = await world.insist('check', async (engine: Engine) => {
    const { results } = await engine.reads.audit(TENANT, null)
    const reports = await engine.reads.allBalances(TENANT, world.nowMs())
    return { results, reports }
  })
  if (answer instanceof Refusal) return
  for (const { holds, invariant, detail } of answer.results) if (!holds) world.find(`${invariant}: ${detail}`)
  checkBalances(world, answer.reports)
  reader.catchUp()
  if (reader.repeated.length > 0) world.find(`charged twice: ${reader.repeated.join(', ')}`)
  for (const name of reader.overpaid) world.find(`${name}: more was given back than it paid`)
  checkTold(world, told, reader)
  if (!isQuiet) return
  checkMoney(world, answer.reports)
  checkDue(world, answer.reports)
}

function checkTold(world: World, told: Told, reader: JournalReader): void {
  const { disk } = world
  const suspended = new Set(
    [...disk.tables.suspense.values()].map((content) => {
      const { source, id } = JSON.parse(content) as { source: string; id: string }
      return `${source}|${id}`
    }),
  )
  const lost = [...told.records].filter((name) => !reader.records.has(name) && !suspended.has(name))
  if (lost.length > 0) world.find(`accepted and lost: ${lost.join(', ')}`)
  const forgotten = [...told.operations].filter((key) => !disk.tables.operation.has(key))
  if (forgotten.length > 0) world.find(`confirmed and lost: ${forgotten.join(', ')}`)
  for (const [name, amount] of told.amounts) {
    const found = name.endsWith('/') ? sumOf(reader, suspended, name) : reader.records.get(name)?.charged
    const text = found === undefined ? 'nothing' : textOf(found, amount.startsWith('refund'))
    if (text !== amount) world.find(`${name}: told ${amount}, charged ${text}`)
  }
}

function textOf(amount: bigint, isRefund: boolean): string {
  return isRefund ? `refund ${formatScaled(-amount, ratingScale)}` : formatScaled(amount, ratingScale)
}

/** What a request of a session charged; what came out of suspense later was not in its answer. */
function sumOf({ records }: JournalReader, suspended: ReadonlySet<string>, prefix: string): bigint {
  let sum = 0n
  for (const type of ['voice', 'data', 'call'])
    if (!suspended.has(prefix + type)) sum += records.get(prefix + type)?.charged ?? 0n
  return sum
}

function checkBalances(world: World, reports: readonly BalanceReport[]): void {
  const held = new Map<string, bigint>()
  for (const report of reports) for (const take of takesOf(report)) addTo(held, placeOf(take), take.amount)
  for (const { balances, creditLimit } of reports) {
    const { account, lots, owed, creditHeld, overrun } = balances
    const wrong = lots.find((lot) => lot.remaining < 0n || lot.held < 0n || lot.held > lot.remaining)
    if (wrong !== undefined) world.find(`${account}: lot ${wrong.number} has ${wrong.remaining}, held ${wrong.held}`)
    for (const lot of lots) {
      const taken = held.get(placeOf({ account, lot: lot.number })) ?? 0n
      if (taken !== lot.held) world.find(`${account}: lot ${lot.number} holds ${lot.held}, sessions and pools ${taken}`)
    }
    const credit = held.get(placeOf({ account, lot: 0 })) ?? 0n
    if (credit !== creditHeld) world.find(`${account}: credit holds ${creditHeld}, sessions and pools ${credit}`)
    const most = world.operator.highestLimits.get(account)
    if (creditLimit !== null && most !== null && most !== undefined && owed + creditHeld > most + overrun)
      world.find(`${account}: owes ${owed} and holds ${creditHeld} beyond ${most} and ${overrun}`)
    if (overrun < 0n) world.find(`${account}: an overrun of ${overrun}`)
  }
}

const placeOf = ({ account, lot }: Pick<Deduction, 'account' | 'lot'>): string => `${account} ${lot}`

function takesOf({ balances: { pools }, sessions }: BalanceReport): Deduction[] {
  const ofSessions = sessions.flatMap(({ groups }) => [...groups.values()].flat())
  return [...[...pools.values()].flatMap(({ takes }) => takes), ...ofSessions.flatMap(({ units }) => units)]
}

function addTo(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

/** After a sweep nothing that is due is open. */
function checkDue(world: World, reports: readonly BalanceReport[]): void {
  for (const { balances, sessions } of reports) {
    const { account, promise } = balances
    if (promise !== null && promise.lot !== 0 && promise.dueMs < world.nowMs() - 60_000)
      world.find(`${account}: the promise of lot ${promise.lot} is over and not ended`)
    const late = sessions.find(({ expiresMs }) => expiresMs < world.nowMs() - 60_000)
    if (late !== undefined) world.find(`${account}: session ${late.key} is over and still there`)
  }
}

/** Paid money is what came in: it is in lots, has paid for something of the account or its members, or is gone for a reason that was written down. */
function checkMoney(world: World, reports: readonly BalanceReport[]): void {
  const { operation, expiry } = world.disk.tables
  const paid = new Map<string, bigint>()
  for (const content of [...operation.values(), ...expiry.values()]) {
    const rows = JSON.parse(content) as OperationRow[] | object
    if (Array.isArray(rows)) for (const row of rows as OperationRow[]) addTo(paid, row.account, BigInt(row.paid))
  }
  const used = new Map<string, bigint>()
  for (const { balances } of reports)
    for (const [sponsor, money] of balances.sponsoredBy) addTo(used, sponsor, money.paid)
  for (const { balances } of reports) {
    const { account, lots, consumed } = balances
    const own = lots.filter(({ unit, source }) => unit === null && source === 'paid')
    const there = own.reduce((sum, { remaining }) => sum + remaining, consumed.paid + (used.get(account) ?? 0n))
    if (there !== (paid.get(account) ?? 0n))
      world.find(`${account}: ${paid.get(account) ?? 0n} of paid money came in, ${there} is there`)
  }
}

/** What each record cost must have moved, to the last digit; and of its quantity every part is rated or taken in units. */
export function checkRecords(world: World, reader: JournalReader): void {
  const catalog = compilePublished({ ...world.operator.published, meters: 4 })
  const accountOf = new Map(world.operator.subscriptions.map(({ id, accountId }) => [id, accountId]))
  for (const record of reader.records.values()) {
    const opened = reader.openedAt.get(accountOf.get(record.subscription) ?? '')
    const hasBalances = opened !== undefined && opened < record.seq
    if (hasBalances && record.moved !== record.charged)
      world.find(`${record.name} was charged ${record.charged}, and ${record.moved} moved`)
    checkQuantity(world, catalog, record)
  }
}

function checkQuantity(world: World, catalog: CompiledCatalog, record: JournalRecord): void {
  const parts = record.name.split('|')[1]?.split('/') ?? []
  if (parts.length > 1) return
  const data = JSON.parse(record.data) as Record<string, string | number>
  let [expected, found] = [0n, record.units]
  for (const rated of Map.groupBy(record.rated, ({ cell: [, code] }) => code).values()) {
    const [price, rate] = priceOf(catalog, (rated[0] as JournalRecord['rated'][number]).cell)
    const { property, scale } = price.meter
    const used = property === undefined ? 1n : BigInt(Math.round(Number(data[property]) * 10 ** scale))
    const toUnits = powerOfTen(UNIT_SCALE - scale)
    expected += (rated.length === 1 ? billedQuantity(rate, used) : billedByUnit(world, price, used, record)) * toUnits
    for (const { increase } of rated) found += increase * toUnits
  }
  if (expected !== found) world.find(`${record.name} used ${expected}, rated and taken were ${found}`)
}

/** What a call that crosses bands is billed, when each unit of its time is billed by itself where it ends. */
function billedByUnit(world: World, price: CompiledPrice, used: bigint, record: JournalRecord): bigint {
  const { accountId } = present(
    world.operator.subscriptions.find(({ id }) => id === record.subscription),
    'a subscription',
  )
  const { zone } = present(
    world.operator.accounts.find(({ id }) => id === accountId),
    'an account',
  )
  const clock = createZoneClock(zone)
  let [billed, session] = [0n, NOTHING_YET]
  for (let unit = 0n; unit < used; unit++) {
    const endsMs = record.startMs + (Number(unit) + 1) * 1000 * 10 ** -price.meter.scale
    const cell = present(price.elements[price.selector.elementAt(endsMs - 1, clock)], 'a rate')
    const more = billedQuantity(cell, 1n, session)
    billed += more
    session = sessionAfter(cell.sessionRules, session, 1n, more, true)
  }
  return billed
}

function priceOf(catalog: CompiledCatalog, [version, code, cell]: readonly string[]): [CompiledPrice, RateElement] {
  const price = catalog.plans.get(version ?? '')?.prices.find((one) => one.price.code === code)
  const rate = price === undefined ? undefined : elementOfKey(price, cell ?? '')
  if (price === undefined || rate === undefined) throw new Error(`no price ${version} ${code} ${cell}`)
  return [price, rate]
}
