import { type LotDraft, type OperationContext, openLot, topUp } from '../../src/core/charging/operations.ts'
import { takeOwnMoney, transferMoney } from '../../src/core/charging/own-money.ts'
import type { Engine } from '../../src/engine/index.ts'
import { Refusal } from '../../src/platform/problems.ts'
import type { Staging } from './disk.ts'
import { keepSuspended, WINDOW_MS } from './gateway.ts'
import { CENT, MS_PER_DAY, MS_PER_HOUR } from './operator.ts'
import type { Told } from './oracle.ts'
import { randomRecord, repeated, type SentRecord, toBatch } from './requests.ts'
import { TENANT, type World } from './world.ts'

/** Paid money that an operation moved, by account: what conservation of money is computed from. */
export interface OperationRow {
  readonly account: string
  readonly paid: string
}

/** Batches of usage, and everything that is done to balances. */
export class BackOffice {
  private readonly world: World
  private readonly told: Told
  private readonly name: string
  private serial = 0
  private readonly sent: SentRecord[] = []

  constructor(world: World, told: Told, name: string) {
    this.world = world
    this.told = told
    this.name = name
  }

  async usage(): Promise<void> {
    const { world, told } = this
    const { chance, operator } = world
    const fresh = Array.from({ length: chance.int(1, 8) }, () => {
      const record = randomRecord(chance, world.nowMs(), operator.accounts.length, `${this.name}-${++this.serial}`)
      return { ...record, source: this.name }
    })
    const old = Array.from({ length: this.sent.length === 0 ? 0 : chance.int(0, 3) }, () =>
      repeated(chance, chance.pick(this.sent)),
    )
    const records = chance.shuffled([
      ...fresh,
      ...old,
      ...(chance.is(0.3) ? [repeated(chance, chance.pick(fresh))] : []),
    ])
    this.sent.push(...fresh)
    const outcome = await world.insist(`${this.name} usage`, async (engine) => {
      const batch = toBatch(await engine.decoding(TENANT), records)
      const acceptance = { nowMs: world.nowMs(), windowMs: WINDOW_MS }
      return engine.usage(TENANT, {
        batch,
        acceptance,
        recycled: false,
        commitHook: async (trx, decided) => keepSuspended(world, trx as unknown as Staging, decided),
      })
    })
    if (outcome instanceof Refusal) return
    const { received, charged, suspended, duplicates } = outcome.counts
    world.timeline.note(`${this.name} usage ${received} = ${charged} + ${suspended} + ${duplicates}`)
    if (received !== records.length) world.find(`${this.name}: ${records.length} sent, ${received} received`)
    for (const { id } of records) told.records.add(`${this.name}|${id}`)
  }

  /** Sends out of suspense what may be chargeable now, some of it corrected. */
  async recycle(): Promise<void> {
    const { world } = this
    const { chance, disk } = world
    const done = disk.tables.operation
    const open = [...disk.tables.suspense].filter(([name]) => !done.has(`recycled ${name}`)).slice(-20)
    const named = open.map(([name, content]) => ({ name, ...(JSON.parse(content) as { record: string; id: string }) }))
    const entries = named.filter(({ id, record }) => id !== '' && record.startsWith('{')).slice(0, 5)
    if (entries.length === 0) return
    const records = entries.map(({ record }) => {
      const sent = JSON.parse(record) as SentRecord
      return sent.service === 'nobody' && chance.is(0.5) ? { ...sent, service: 's1' } : sent
    })
    await world.insist(`${this.name} recycles`, async (engine) => {
      const batch = toBatch(await engine.decoding(TENANT), records)
      return engine.usage(TENANT, {
        batch,
        acceptance: { nowMs: world.nowMs(), windowMs: Number.POSITIVE_INFINITY },
        recycled: true,
        commitHook: async (trx, { suspended }) => {
          const still = new Set(suspended.map(({ row }) => row))
          entries.forEach(({ name }, row) => {
            if (!still.has(row)) (trx as unknown as Staging).insert('operation', `recycled ${name}`, '{}')
          })
        },
      })
    })
  }

  /** Does something to balances once for its key, however often it is asked. */
  private async operate<T>(
    name: string,
    accountIds: readonly string[],
    decide: (contexts: readonly OperationContext[]) => T,
    rows: (result: T) => readonly OperationRow[],
  ): Promise<void> {
    const { world } = this
    const key = `${name} ${this.name}-${++this.serial}`
    const done = await world.insist(key, async (engine: Engine) => {
      if (world.disk.tables.operation.has(key)) return
      const nowMs = world.nowMs()
      const commitHook = async (trx: unknown, { result }: { result: T }): Promise<void> =>
        (trx as Staging).insert('operation', key, JSON.stringify(rows(result)))
      await engine.onAccounts(TENANT, { accountIds, nowMs, decide, commitHook })
    })
    world.timeline.note(`${key} ${done instanceof Refusal ? done.code : 'done'}`)
    if (!(done instanceof Refusal)) this.told.operations.add(key)
  }

  private get someAccount(): string {
    return this.world.chance.pick(this.world.operator.accounts).id
  }

  private draft(source: LotDraft['source'], amount: bigint, origin: string, unit: string | null = null): LotDraft {
    const { chance } = this.world
    const nowMs = this.world.nowMs()
    const lasts = chance.pick([null, MS_PER_HOUR, MS_PER_DAY, 20 * MS_PER_DAY])
    return {
      unit,
      source,
      amount,
      priority: chance.pick([40, 60, 60]),
      fromMs: nowMs,
      untilMs: lasts === null ? null : nowMs + lasts,
      scope: chance.is(0.15) ? { meters: ['seconds'] } : null,
      isShared: chance.is(0.4),
      origin,
    }
  }

  async topUp(): Promise<void> {
    const { chance } = this.world
    const account = this.someAccount
    const amount = BigInt(chance.int(1, 2_500)) * CENT
    const paid = this.draft('paid', amount, 'top_up')
    const bonuses = chance.is(0.3) ? [this.draft('bonus', amount / 10n, 'bonus')] : []
    await this.operate(
      'top-up',
      [account],
      ([operation]) => topUp(operation as OperationContext, paid, bonuses),
      ({ fee }) => [{ account, paid: String(amount - fee) }],
    )
  }

  async transfer(): Promise<void> {
    const { chance, operator } = this.world
    const [from, to] = chance.shuffled(operator.accounts.map(({ id }) => id)) as [string, string]
    const amount = BigInt(chance.int(1, 800)) * CENT
    const lot = this.draft('paid', amount, 'transfer')
    const decide = ([source, target]: readonly OperationContext[]): void => {
      if (!transferMoney(source as OperationContext, target as OperationContext, lot, true))
        throw new Refusal('insufficient_balance', 'too little')
    }
    const rows = [
      { account: from, paid: String(-amount) },
      { account: to, paid: String(amount) },
    ]
    await this.operate('transfer', [from, to], decide, () => rows)
  }

  async promise(): Promise<void> {
    const { chance } = this.world
    const account = this.someAccount
    const dueMs = this.world.nowMs() + chance.int(1, 5) * MS_PER_DAY
    const lot = {
      ...this.draft('promise', BigInt(chance.int(50, 500)) * CENT, 'promise'),
      untilMs: dueMs,
      priority: 90,
    }
    const fee = BigInt(chance.int(0, 100)) * CENT
    const decide = ([operation]: readonly OperationContext[]): void => {
      if (operation === undefined) return
      if (operation.balances.promise !== null) throw new Refusal('conflict', 'an earlier promise is not paid back yet')
      const { number } = openLot(operation, lot, 'promise')
      operation.balances.promise = { lot: number, dueMs, fee }
    }
    await this.operate('promise', [account], decide, () => [])
  }

  async adjust(): Promise<void> {
    const { chance } = this.world
    const account = this.someAccount
    const amount = BigInt(chance.int(1, 500)) * CENT
    const way = chance.pick(['credit', 'bonus', 'units', 'debit'] as const)
    const units = BigInt(chance.int(1, 100)) * 10n ** 12n
    const lot =
      way === 'units'
        ? this.draft('bonus', units, 'adjust', chance.pick(['s', 'MB', 'call']))
        : this.draft(way === 'bonus' ? 'bonus' : 'paid', amount, 'adjust')
    const decide = ([operation]: readonly OperationContext[]): void => {
      if (way !== 'debit') openLot(operation as OperationContext, lot, 'adjust')
      else if (!takeOwnMoney(operation as OperationContext, amount, 'adjust'))
        throw new Refusal('insufficient_balance', 'too little')
    }
    const paid = { credit: amount, bonus: 0n, units: 0n, debit: -amount }[way]
    await this.operate('adjust', [account], decide, () => [{ account, paid: String(paid) }])
  }
}
