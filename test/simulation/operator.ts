import { currencyOf } from '../../src/core/base/currency.ts'
import { UNIT_SCALE } from '../../src/core/base/quantity.ts'
import { powerOfTen } from '../../src/core/base/rounding.ts'
import type { Threshold } from '../../src/core/charging/thresholds.ts'
import type { AccountDefinitions, ChargingTerms, DefinitionSource } from '../../src/engine/index.ts'
import type { Chance } from './chance.ts'
import type { SimulatedDisk } from './disk.ts'
import { CURRENCY, compilePublished, METERS, newPublished, publishPlan } from './tariffs.ts'

const { ratingScale, minorDigits } = currencyOf(CURRENCY)
/** One cent at the rating scale. */
export const CENT = powerOfTen(ratingScale - minorDigits)
export const MS_PER_HOUR = 3_600_000
export const MS_PER_DAY = 24 * MS_PER_HOUR
/** When the simulated world begins. */
export const EPOCH_MS = Date.UTC(2026, 0, 20, 7)

type Account = AccountDefinitions['accounts'][number]
type Service = AccountDefinitions['services'][number]
type Subscription = AccountDefinitions['subscriptions'][number]

/** The definitions of the tenant, as rows that were committed: what the engine loads and reloads. */
export class Operator {
  readonly published = newPublished()
  readonly accounts: Account[] = []
  readonly services: Service[] = []
  readonly subscriptions: Subscription[] = []
  /** The highest limit that an account ever had: lowering one takes nothing back. */
  readonly highestLimits = new Map<string, bigint | null>()
  private readonly chance: Chance
  private readonly disk: SimulatedDisk

  constructor(chance: Chance, disk: SimulatedDisk) {
    this.chance = chance
    this.disk = disk
    const plans = [publishPlan(chance, this.published, false), publishPlan(chance, this.published, true)] as const
    const cents = (most: number): bigint => BigInt(chance.int(0, most)) * CENT
    const sponsor = this.addAccount(this.terms(cents(2_000)), plans[0])
    this.addAccount(this.terms(0n), plans[0])
    this.addAccount(this.terms(cents(500)), plans[0])
    this.addAccount(null, plans[0])
    this.addAccount(this.sponsored(sponsor, 0n), plans[0])
    this.addAccount(this.sponsored(sponsor, null), plans[1])
    this.addAccount(this.terms(0n), plans[1])
    this.addAccount(this.terms(null), plans[1])
  }

  private addAccount(terms: ChargingTerms | null, planVersionId: string): string {
    const { chance } = this
    const id = chance.uuid()
    const cycle = chance.pick([
      { unit: 'month', count: 1 },
      { unit: 'week', count: 1 },
      { unit: 'day', count: 3 },
    ] as const)
    const zone = chance.pick(['UTC', 'Europe/Kyiv'])
    this.accounts.push({ id, currency: CURRENCY, terms, zone, anchor: '2026-01-01', cycle })
    this.noteLimit(id, terms)
    const always = { fromMs: EPOCH_MS - 60 * MS_PER_DAY, untilMs: Number.POSITIVE_INFINITY }
    const span = { accountId: id, ...always }
    for (const key of [`s${this.accounts.length}`, `t${this.accounts.length}`]) {
      const service = { id: chance.uuid(), key, ...span }
      this.services.push(service)
    }
    const intervals = [{ ...always, planVersionId, phase: null, isPaused: false }]
    this.subscriptions.push({ id: chance.uuid(), accountId: id, serviceId: null, intervals })
    return id
  }

  private noteLimit(account: string, terms: ChargingTerms | null): void {
    const limit = terms?.creditLimit ?? null
    const before = this.highestLimits.get(account)
    const isHigher = limit === null || before === undefined || (before !== null && limit > before)
    if (isHigher) this.highestLimits.set(account, limit)
  }

  private terms(creditLimit: bigint | null): ChargingTerms {
    const { chance } = this
    const watched = { unit: null, percent: 0, kbps: null }
    const candidates: Threshold[] = [
      { ...watched, code: 'low', kind: 'low_balance', amount: 300n * CENT, action: 'notify' },
      { ...watched, code: 'spend', kind: 'spend', amount: BigInt(chance.int(500, 5_000)) * CENT, action: 'block' },
      {
        ...watched,
        code: 'slow',
        kind: 'allowance_used',
        amount: 0n,
        unit: 's',
        percent: 80,
        kbps: 64,
        action: 'throttle',
      },
    ]
    return { creditLimit, sponsor: null, thresholds: candidates.filter(() => chance.is(0.4)) }
  }

  private sponsored(accountId: string, creditLimit: bigint | null): ChargingTerms {
    const units = BigInt(this.chance.int(10, 300)) * powerOfTen(UNIT_SCALE)
    const caps = new Map([
      ['', BigInt(this.chance.int(50, 1_500)) * CENT],
      ['s', units],
    ])
    return { ...this.terms(creditLimit), sponsor: { accountId, caps } }
  }

  /** Commits some change of definitions. @returns the accounts that it concerns; none where it was the catalogue. */
  change(nowMs: number): string[] {
    const { chance, accounts } = this
    switch (chance.weighted({ limit: 3, sponsor: 1, plan: 2, meter: 1 })) {
      case 'limit': {
        const at = chance.int(0, accounts.length - 1)
        const account = accounts[at] as Account
        const sponsor = account.terms?.sponsor ?? null
        accounts[at] = { ...account, terms: { ...this.terms(BigInt(chance.int(0, 3_000)) * CENT), sponsor } }
        this.noteLimit(account.id, accounts[at]?.terms ?? null)
        return [account.id]
      }
      case 'sponsor': {
        const at = accounts.findIndex(({ terms }) => terms?.sponsor != null)
        const account = accounts[at]
        if (account === undefined) return []
        const limit = account.terms?.creditLimit ?? null
        accounts[at] = { ...account, terms: this.sponsored((accounts[0] as Account).id, limit) }
        return [account.id]
      }
      case 'plan': {
        const at = chance.int(0, this.subscriptions.length - 1)
        const old = this.subscriptions[at] as Subscription
        const last = old.intervals.at(-1)
        if (last === undefined || last.untilMs !== Number.POSITIVE_INFINITY || last.fromMs >= nowMs) return []
        const before = [...old.intervals.slice(0, -1), { ...last, untilMs: nowMs }]
        if (chance.is(0.5)) {
          const intervals = [...before, this.nextInterval(old, nowMs)]
          this.subscriptions[at] = { ...old, intervals }
        } else {
          const planVersionId = publishPlan(chance, this.published, chance.is(0.4))
          const intervals = [{ ...last, planVersionId, fromMs: nowMs, isPaused: false }]
          this.subscriptions[at] = { ...old, intervals: before }
          this.subscriptions.push({ ...old, id: chance.uuid(), intervals })
        }
        return [old.accountId]
      }
      default:
        this.published.meters = METERS.length
        return []
    }
  }

  /** A subscription goes on: on another plan, back on one that it had, or resting. */
  private nextInterval({ intervals }: Subscription, nowMs: number): Subscription['intervals'][number] {
    const { chance } = this
    const isPaused = chance.is(0.2)
    const known = chance.pick(intervals).planVersionId
    const planVersionId = isPaused || chance.is(0.5) ? known : publishPlan(chance, this.published, chance.is(0.4))
    return { fromMs: nowMs, untilMs: Number.POSITIVE_INFINITY, planVersionId, phase: null, isPaused }
  }

  rowsOf(ids: readonly string[]): AccountDefinitions {
    const isOfThem = ({ accountId }: { accountId: string }): boolean => ids.includes(accountId)
    return {
      accounts: this.accounts.filter(({ id }) => ids.includes(id)),
      services: this.services.filter(isOfThem),
      subscriptions: this.subscriptions.filter(isOfThem),
    }
  }

  /** What the engine of a process reads; each read takes its time. */
  sourceFor(pause: (ms: number) => Promise<void>): DefinitionSource {
    const { chance, disk } = this
    const all = (): AccountDefinitions => this.rowsOf(this.accounts.map(({ id }) => id))
    return {
      loadCatalog: async () => {
        await pause(chance.int(0, 4))
        return compilePublished(this.published)
      },
      loadAllAccounts: async function* () {
        await pause(chance.int(0, 4))
        yield all()
      },
      loadAccounts: async (ids) => {
        await pause(chance.int(0, 4))
        return this.rowsOf(ids)
      },
      loadOpened: async function* () {
        yield []
      },
      loadSuspendedFingerprints: async function* () {
        await pause(chance.int(0, 4))
        for (const content of disk.tables.suspense.values())
          yield Buffer.from((JSON.parse(content) as { fingerprint: string }).fingerprint, 'hex')
      },
    }
  }
}
