/**
 * Generated histories of accounts that are billed to a parent, beside the same accounts that are billed alone: whatever happens to both, and
 * whenever they join and leave, the lines of both come to the same, by the category and the rates of their tax.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chances } from './chances.ts'
import { commandsOf } from './command-line.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const SEEDS = Number(process.env['KVIT_GROUP_SEEDS'] ?? 2)
const FIRST = Number(process.env['KVIT_GROUP_FROM'] ?? 1)
const CHILDREN = 3
const MONTHS = 4

const PLANS = `meters:
  - { code: gb, name: Data, eventType: data, aggregator: sum, property: gb, unit: GB, scale: 0 }
  - { code: talk, name: Talk, eventType: talk, aggregator: sum, property: minutes, unit: min, scale: 0 }
plans:
  - code: small
    name: Small
    currency: EUR
    prices:
      - { kind: recurring, code: seats, name: Seats, amount: 7.77, every: { unit: month }, timing: advance, proration: day }
      - { kind: recurring, code: line, name: Line, amount: 3.10, every: { unit: month }, timing: arrears, taxClass: reduced_service }
      - { kind: one_off, code: setup, name: Set-up, amount: 12.34 }
      - { kind: usage, code: data, name: Data, meter: gb, rate: { model: graduated, tiers: [{ upTo: 10, unitAmount: 0.333 }, { upTo: null, unitAmount: 0.111 }] } }
      - { kind: usage, code: talk, name: Talk, meter: talk, taxClass: reduced_service, rate: { model: per_unit, unitAmount: 0.017 } }
  - code: large
    name: Large
    currency: EUR
    prices:
      - { kind: recurring, code: seats, name: Seats, amount: 19.99, every: { unit: month }, timing: advance, proration: day }
      - { kind: usage, code: data, name: Data, meter: gb, rate: { model: volume, tiers: [{ upTo: 20, unitAmount: 0.2 }, { upTo: null, unitAmount: 0.05 }] } }
      - { kind: usage, code: talk, name: Talk, meter: talk, taxClass: reduced_service, rate: { model: per_unit, unitAmount: 0.011 } }
      - { kind: cap, code: most, name: At most, amount: 9.00, every: { unit: month }, counts: [data, talk] }
`

const world = await CreditWorld.start('histories')
const { client } = world
const kvit = commandsOf(world.kvit.app, 'histories')
await client.post('/v1/catalog', { files: [{ name: 'more.yaml', text: PLANS }] })
await client.post('/v1/coupons', {
  ...{ code: 'TENTH', name: 'A tenth', value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' } },
})

const dayOf = (month: number, day: number): string =>
  `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** An account in a history, once billed to a parent and once alone. */
class Pair {
  readonly child: string
  readonly alone: string
  private readonly parent: string
  private readonly chance: (below: number) => number
  private readonly sent: string[] = []
  private isJoined: boolean
  private plan = 'small'

  constructor(seed: number, index: number, chance: (below: number) => number) {
    this.parent = `parent-${seed}`
    this.child = `child-${seed}-${index}`
    this.alone = `alone-${seed}-${index}`
    this.chance = chance
    this.isJoined = chance(3) > 0
  }

  private async both(work: (account: string) => Promise<unknown>): Promise<void> {
    for (const account of [this.child, this.alone]) await work(account)
  }

  async begin(): Promise<void> {
    const day = dayOf(1, 1 + this.chance(28))
    const [hasCoupon, quantity] = [this.chance(2) === 0, 1 + this.chance(3)]
    await this.both(async (key) => {
      const billedTo = key === this.child && this.isJoined ? { billedTo: this.parent } : {}
      await world.subscriber(key, { plans: [], ...billedTo })
      const startsAt = `${day}T00:00:00Z`
      await client.post('/v1/subscriptions', {
        key,
        account: key,
        plan: 'small',
        startsAt,
        quantity,
        alignment: 'calendar',
      })
      if (hasCoupon)
        await client.post('/v1/coupon-redemptions', { key, code: 'TENTH', account: key, from: '2026-01-01' })
    })
  }

  /** What happens in a month, with its bill on the first day of the next one still to come. */
  async live(month: number): Promise<void> {
    for (let times = 2 + this.chance(4); times > 0; times--) await this.act(month, dayOf(month, 2 + this.chance(26)))
    if (this.chance(4) === 0) {
      this.isJoined = !this.isJoined
      await kvit('account', 'change', this.child, '--billed-to', this.isJoined ? this.parent : 'null')
    }
  }

  private async act(month: number, day: string): Promise<void> {
    const kind = this.chance(8)
    if (kind < 5) await this.use(kind === 4 && month > 1 ? dayOf(month - 1, 28) : day)
    else if (kind === 5) await this.retract()
    else if (kind === 6) await this.change({ kind: 'quantity', quantity: 1 + this.chance(4), at: `${day}T00:00:00Z` })
    else {
      this.plan = this.plan === 'small' ? 'large' : 'small'
      await this.change({ kind: 'plan', plan: this.plan, at: `${day}T00:00:00Z` })
    }
  }

  private async use(day: string): Promise<void> {
    const [type, field] = this.chance(2) === 0 ? (['data', 'gb'] as const) : (['talk', 'minutes'] as const)
    const id = String(this.sent.push(day))
    const data = { [field]: String(1 + this.chance(60)) }
    await this.both(async (service) =>
      client.post('/v1/usage', [
        { id: `${service}-${id}`, source: 'switch', service, type, time: `${day}T10:00:00Z`, data },
      ]),
    )
  }

  private async retract(): Promise<void> {
    const at = this.sent.findLastIndex((day) => day !== '')
    if (at === -1) return
    this.sent[at] = ''
    // One from before the subscription was never charged, of both.
    await this.both(async (service) => {
      const name = `${service}-${at + 1}`
      const body = { key: `retract-${name}`, source: 'switch', id: name, action: 'retract', reason: 'a mistake' }
      return world.kvit.request('POST', '/v1/usage-corrections', { body })
    })
  }

  /** Changes come in the order of their times; one that would be before another is left out, of both. */
  private async change(body: object): Promise<void> {
    await this.both(async (key) => world.kvit.request('POST', `/v1/subscriptions/${key}/changes`, { body }))
  }

  /** What the documents of some accounts bill of this one, by category and rates: net, in minor units. */
  private async billed(own: string, parent: string | null): Promise<Record<string, number>> {
    const sums: Record<string, number> = {}
    const documents = [...(await world.documents(own)), ...(parent === null ? [] : await world.documents(parent))]
    for (const { document } of documents as unknown as { document: Printed }[])
      for (const line of document.lines) {
        if ((line.account ?? document.account) !== own) continue
        for (const { category, net, taxes } of line.tax) {
          const name = [category, ...taxes.map(({ percent }) => percent)].join(' ')
          sums[name] = (sums[name] ?? 0) + Math.round(Number(net) * 100)
        }
      }
    return sums
  }

  async compare(): Promise<void> {
    const alone = await this.billed(this.alone, null)
    assert.ok(Object.values(alone).some((net) => net > 0))
    assert.deepEqual(await this.billed(this.child, this.parent), alone, this.child)
  }
}

interface Printed {
  readonly account: string
  readonly lines: readonly {
    readonly account?: string
    readonly tax: readonly { readonly category: string; readonly net: string; readonly taxes: { percent: string }[] }[]
  }[]
}

const seeds = Array.from({ length: SEEDS }, (_, at) => FIRST + at)
const chanceOf = new Map(seeds.map((seed) => [seed, chances(seed)]))
const pairs = seeds.flatMap((seed) =>
  Array.from({ length: CHILDREN }, (_, at) => new Pair(seed, at, chanceOf.get(seed) as (below: number) => number)),
)
await world.setClock('2026-01-01')
for (const seed of seeds) await world.subscriber(`parent-${seed}`, { plans: ['small'] })
for (const pair of pairs) await pair.begin()
for (let month = 1; month <= MONTHS; month++) {
  await world.setClock(dayOf(month, 28))
  for (const pair of pairs) await pair.live(month)
  await world.bill(dayOf(month + 1, 1))
}
await world.bill(dayOf(MONTHS + 2, 1))

test('the lines of accounts that are billed to a parent come to what they come to alone, by tax', async () => {
  for (const pair of pairs) await pair.compare()
})

test('all invariants hold', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
