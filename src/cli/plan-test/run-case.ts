import { type Cycle, dayOf, periodAt, periodIndexOf } from '../../core/base/period.ts'
import type { Client, Json } from '../client.ts'
import { runBills } from '../commands-billing.ts'
import type { Case } from './cases-file.ts'
import { type Difference, differencesOf, sumOf } from './compare.ts'

const HOUR_MS = 3_600_000
/** Records that `used` may make of a meter that counts. */
const MAX_COUNTED = 10_000
const SOURCE = 'case'

interface Meter extends Json {
  readonly code: string
  readonly eventType: string
  readonly aggregator: string
  readonly property?: string
}

interface Step {
  readonly timeMs: number
  readonly run: () => Promise<void>
}

/** Lines of documents, as far as cases look at them. */
interface Document {
  readonly date: string
  readonly lines: readonly { readonly description: string; readonly from: string; readonly amount: string }[]
}

/**
 * Lives through a case as a customer would: a tenant of its own with a clock that moves from step to step, the plans
 * published, usage sent, gateways answered, bills run. Nothing is computed here; what comes out is compared.
 */
export class CaseRun {
  private readonly client: Client
  private readonly given: Case
  private readonly zone: string
  private readonly account: Json & { currency: string; zone: string; cycleAnchor: string }
  private readonly startMs: number
  private readonly differences: Difference[] = []
  private clockMs: number
  private readonly services = new Set<string>()
  private meters: readonly Meter[] = []

  /** @param client of a tenant in which the plans are published, and whose clock stands before all that is told. */
  constructor(client: Client, given: Case, zone: string, currency: string) {
    this.client = client
    this.given = given
    const account = { currency, zone, ...(numbered(given.account) as Json) }
    this.zone = String(account.zone)
    this.startMs = toMs(given.starts, this.zone)
    const cycleAnchor = String((account as Json)['cycleAnchor'] ?? dayOf(this.startMs, this.zone))
    this.account = { ...account, cycleAnchor }
    this.clockMs = Number.NEGATIVE_INFINITY
  }

  async run(): Promise<Difference[]> {
    const { client, given } = this
    this.meters = (await client.get<{ items: Meter[] }>('/v1/meters')).items
    await this.moveClock(this.startMs)
    await this.subscribe()
    const steps = [
      ...this.usageSteps(),
      ...this.onlineSteps(),
      ...given.changes.map((change) => this.changeStep(change)),
    ].toSorted((a, b) => a.timeMs - b.timeMs)
    for (const { timeMs, run } of steps) {
      await this.moveClock(timeMs)
      await run()
    }
    await this.compareSuspended()
    await this.compareEvents()
    if (given.balance !== undefined) this.compare('balance', given.balance, await this.available())
    if (given.bill !== undefined || given.invoices !== undefined) await this.compareBills(steps.at(-1)?.timeMs)
    const { results } = await client.get<{ results: { invariant: string; holds: boolean; detail: string }[] }>(
      '/v1/check',
    )
    for (const { invariant, holds, detail } of results) if (!holds) this.compare(`check, ${invariant}`, 'holds', detail)
    return this.differences
  }

  private compare(what: string, expected: unknown, got: unknown): void {
    this.differences.push(...differencesOf(what, expected, got))
  }

  private async moveClock(timeMs: number): Promise<void> {
    if (timeMs <= this.clockMs) return
    this.clockMs = timeMs
    await this.client.post(`/v1/tenants/${this.client.tenant}`, { clock: new Date(timeMs).toISOString() }, 'PATCH')
  }

  private async subscribe(): Promise<void> {
    const { client, given, account } = this
    const startsAt = new Date(this.startMs).toISOString()
    await client.post('/v1/issuers', { key: 'op', name: 'Operator', address: 'Operator' })
    await client.post('/v1/customers', { key: 'customer', name: 'Customer' })
    await client.post('/v1/accounts', { key: 'customer', customer: 'customer', issuer: 'op', ...account })
    await this.useService('customer')
    const { topUp: amount, plan, quantity } = given
    if (amount !== undefined) {
      const { currency } = account
      await client.post('/v1/top-ups', { key: 'top-up', account: 'customer', amount, currency, method: 'bank' })
    }
    const shared = { account: 'customer', startsAt }
    await client.post('/v1/subscriptions', { key: 'customer', plan, quantity, ...shared })
    for (const [index, addOn] of given.addOns.entries())
      await client.post('/v1/subscriptions', { key: `add-on-${index}`, plan: addOn, parent: 'customer', ...shared })
  }

  private async useService(key: string): Promise<void> {
    if (this.services.has(key)) return
    this.services.add(key)
    const validFrom = new Date(this.startMs).toISOString()
    await this.client.post('/v1/services', { key, account: 'customer', validFrom })
  }

  private usageSteps(): Step[] {
    const told = this.given.usage.map(({ time, end, service = 'customer', ...rest }, index) => {
      const times = { time: this.toIso(time), ...(end === undefined ? {} : { end: this.toIso(end) }) }
      return { id: `usage-${index + 1}`, source: SOURCE, service, ...rest, ...times }
    })
    const records = [...this.usedRecords(), ...told]
    return records.map((record) => ({
      timeMs: Date.parse(record.time),
      run: async () => {
        await this.useService(record.service)
        await this.client.post('/v1/usage', [record])
      },
    }))
  }

  /** Quantities by meter, as records when the subscription starts. */
  private usedRecords(): (Json & { time: string; service: string })[] {
    return Object.entries(this.given.used).flatMap(([code, quantity]) => {
      const meter = this.meters.find((candidate) => candidate.code === code)
      if (meter === undefined) throw new Error(`used: no meter "${code}"`)
      const { property, eventType: type } = meter
      const count = property === undefined ? Number(quantity) : 1
      if (!(Number.isInteger(count) && count <= MAX_COUNTED))
        throw new Error(`used: ${code} counts records: write a whole number of at most ${MAX_COUNTED}`)
      return Array.from({ length: count }, (_, at) => ({
        id: `used-${code}-${at + 1}`,
        source: SOURCE,
        service: 'customer',
        type,
        time: new Date(this.startMs).toISOString(),
        data: property === undefined ? {} : { [property]: quantity },
      }))
    })
  }

  /** In the order in which they stand: a refund names the time of its event. */
  private onlineSteps(): Step[] {
    let fromMs = this.startMs
    return this.given.online.map((request, index) => {
      const step = this.onlineStep(request, index)
      fromMs = Math.max(fromMs, step.timeMs)
      return { ...step, timeMs: fromMs }
    })
  }

  private onlineStep({ expect, time, ...request }: Case['online'][number], index: number): Step {
    return {
      timeMs: toMs(time, this.zone),
      run: async () => {
        const service = String(request['service'] ?? 'customer')
        await this.useService(service)
        const named =
          request.op === 'event' || request.op === 'refund' ? { id: `online-${index + 1}` } : { session: 'session' }
        const body = { ...named, source: SOURCE, service, ...request, time: this.toIso(time) }
        const answer = await this.client.post('/v1/charging', body)
        this.compare(`answer to ${request.op} at ${time}`, expect, answer)
      },
    }
  }

  private changeStep({ at, ...change }: Case['changes'][number]): Step {
    return {
      timeMs: toMs(at, this.zone),
      run: async () => {
        await this.client.post('/v1/subscriptions/customer/changes', {
          ...(numbered(change) as Json),
          at: this.toIso(at),
        })
      },
    }
  }

  private toIso(time: string): string {
    return new Date(toMs(time, this.zone)).toISOString()
  }

  private async compareSuspended(): Promise<void> {
    const items = await this.client.list<{ reason: string; detail: string }>('/v1/suspense?status=open')
    const counts = Object.fromEntries(
      [...Map.groupBy(items, ({ reason }) => reason)].map(([reason, all]) => [reason, all.length]),
    )
    const details = [...new Set(items.map(({ reason, detail }) => `${reason}: ${detail}`))]
    for (const reason of new Set([...Object.keys(counts), ...Object.keys(this.given.suspended)]))
      this.compare(
        `suspended, ${details.find((text) => text.startsWith(reason)) ?? reason}`,
        this.given.suspended[reason] ?? 0,
        counts[reason] ?? 0,
      )
  }

  private async compareEvents(): Promise<void> {
    if (this.given.events === undefined) return
    const events = await this.client.list<{ data: Json }>('/v1/events?type=balance.threshold_crossed')
    const crossed = events.map(({ data }) => data['threshold'])
    this.compare('events', this.given.events, crossed)
  }

  private async available(): Promise<unknown> {
    return (await this.client.get('/v1/accounts/customer/balances'))['available']
  }

  private async compareBills(lastMs: number = this.startMs): Promise<void> {
    const { bill, invoices } = this.given
    const until = bill?.until ?? this.periodEnd(lastMs)
    await this.moveClock(toMs(until, this.zone) + HOUR_MS)
    await runBills(this.client, until)
    const documents = await this.documents()
    if (bill !== undefined) {
      const from = bill.from ?? dayOf(this.startMs, this.zone)
      const lines = documents
        .flatMap((document) => document.lines)
        .filter((line) => line.from >= from && line.from < until)
      this.compareLines('', bill, lines)
    }
    if (invoices === undefined) return
    this.compare('number of invoices', invoices.length, documents.length)
    for (const [index, expected] of invoices.entries()) {
      const document = documents[index]
      if (document === undefined) continue
      if (expected.date !== undefined) this.compare(`invoice ${index + 1}, date`, expected.date, document.date)
      this.compareLines(`invoice ${index + 1}, `, expected, document.lines)
    }
  }

  private compareLines(
    where: string,
    { lines, total }: { lines?: Readonly<Record<string, string>> | undefined; total?: string | undefined },
    found: Document['lines'],
  ): void {
    if (lines !== undefined) {
      const sums = new Map(
        [...Map.groupBy(found, ({ description }) => description)].map(([name, all]) => [name, sumOf(all)]),
      )
      for (const name of new Set([...Object.keys(lines), ...sums.keys()]))
        this.compare(`${where}${name}`, lines[name] ?? '0', sums.get(name) ?? '0')
    }
    if (total !== undefined) this.compare(`${where}total`, total, sumOf(found))
  }

  /** In the order in which they were issued. */
  private async documents(): Promise<Document[]> {
    const found: Document[] = []
    const listed = await this.client.list<{ id: string; billingDay: string }>('/v1/invoices?account=customer')
    for (const { id, billingDay } of listed.toSorted((a, b) => (a.billingDay < b.billingDay ? -1 : 1))) {
      const { document } = await this.client.get<{ document: { lines: Document['lines'] } }>(`/v1/invoices/${id}`)
      found.push({ date: billingDay, lines: document.lines })
    }
    return found
  }

  /** The day on which the billing period of a moment ends. */
  private periodEnd(timeMs: number): string {
    const { cycleAnchor } = this.account
    const unit = ((this.account as Json)['cycleUnit'] ?? 'month') as Cycle['unit']
    const cycle = { unit, count: Number((this.account as Json)['cycleCount'] ?? 1) }
    return periodAt(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, dayOf(timeMs, this.zone))).end
  }
}

/** Fields of accounts and changes that the API takes as numbers: the file has texts. */
const NUMBERS = new Set(['quantity', 'planVersion', 'cycleCount', 'termsDays', 'percent', 'kbps'])

function numbered(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => numbered(inner))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, numbered(inner, key)]))
  return NUMBERS.has(name) && typeof value === 'string' ? Number(value) : value
}

/** A time with its zone, or a local one: the earlier of two readings where clocks go back. A day alone is its midnight. */
function toMs(time: string, zone: string): number {
  const text = time.replace(' ', 'T')
  if (/T.*(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text)
  const local = text.length === 10 ? `${text}T00:00` : text
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds
}
