import assert from 'node:assert/strict'
import type { Json } from '../../src/cli/client.ts'
import { minorOf, type YearWorld } from './world.ts'

interface Step {
  readonly id: string
  readonly action: string
  readonly afterDays: number
}
const step = (id: string, action: string, afterDays: number, more: Json = {}): Step & Json => ({
  ...{ id, action, afterDays },
  ...more,
})

/** Whoever owes this much or less is left alone. */
const GRACE = { text: '1.00', minor: 100n }
const REOPEN_DAYS = 60
const FIRMS = [
  step('ring', 'call', 4, { script: 'Ask whether the invoice has arrived.' }),
  step('first', 'remind', 8),
  step('soft', 'soft_block', 16),
  step('hard', 'hard_block', 25),
  step('agency', 'hand_over', 45),
]
const HOMES = [
  step('first', 'remind', 3),
  step('card', 'charge_again', 5),
  step('second', 'remind', 8, { reminder: 'second' }),
  step('soft', 'soft_block', 10),
  step('last', 'remind', 15, { reminder: 'final' }),
  step('hard', 'hard_block', 20),
  step('end', 'terminate', 30),
  step('agency', 'hand_over', 33),
]
const POLICIES: Readonly<Record<string, readonly Step[]>> = { firms: FIRMS, homes: HOMES }

/** What is open of a document. */
interface Item {
  readonly dueOn: string
  readonly minor: bigint
}
interface Done {
  readonly id: string
  readonly on: string
}
/** What this book knows of a run, which it keeps without a word of Kvit's. */
interface Run {
  readonly steps: readonly Done[]
  readonly endedOn: string | null
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** Since when more is overdue than is left alone; null where it is not. */
function overdueSince(items: readonly Item[], today: string): string | null {
  let sum = 0n
  for (const { dueOn, minor } of items
    .filter((item) => item.dueOn < today)
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))) {
    sum += minor
    if (sum > GRACE.minor) return dueOn
  }
  return null
}

/** The run that goes on with what is overdue: this one, or this one again. */
function running(run: Run | undefined, since: string | null, today: string): Run | undefined {
  if (run === undefined || since === null || run.endedOn === null) return since === null ? undefined : run
  const isBack = since < run.endedOn && dayNumber(today) - dayNumber(run.endedOn) <= REOPEN_DAYS
  return isBack ? { ...run, endedOn: null } : undefined
}

/** What dunning makes of an account at the hour of its steps: a step a day, the last one of several reminders in a row. */
function morning(steps: readonly Step[], run: Run | undefined, items: readonly Item[], today: string): Run | undefined {
  const since = overdueSince(items, today)
  if (since === null) return run === undefined || run.endedOn !== null ? run : { ...run, endedOn: today }
  const open = running(run, since, today)
  const before = open?.steps ?? []
  const position = Math.max(-1, ...before.map(({ id }) => steps.findIndex((one) => one.id === id)))
  const due = steps.slice(position + 1).filter(({ afterDays }) => dayNumber(today) - dayNumber(since) >= afterDays)
  const others = due.findIndex(({ action }) => action !== due[0]?.action)
  const next = (others < 0 ? due : due.slice(0, others)).at(-1)
  if (next === undefined || before.at(-1)?.on === today) return open ?? run
  return { steps: [...before, { id: next.id, on: today }], endedOn: null }
}

/** What becomes of it when nothing is under way any more, at any hour. */
function evening(run: Run | undefined, items: readonly Item[], today: string): Run | undefined {
  if (run === undefined) return undefined
  const since = overdueSince(items, today)
  if (since === null) return { ...run, endedOn: run.endedOn ?? today }
  return running(run, since, today) ?? run
}

const inOrder = (entries: Iterable<readonly [string, string]>): Map<string, string> =>
  new Map([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))
const same = (a: Run | undefined, b: Run | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Where each account stands by its policy, reckoned from what is open of its documents, and held against what Kvit has done. */
export class DunningBook {
  private readonly world: YearWorld
  private readonly policyOf: (account: string) => string
  private runs = new Map<string, Run>()
  private items = new Map<string, readonly Item[]>()

  constructor(world: YearWorld, policyOf: (account: string) => 'firms' | 'homes') {
    this.world = world
    this.policyOf = policyOf
  }

  async begin(): Promise<void> {
    const { client } = this.world
    const policy = (order: number, steps: readonly Step[], more: Json = {}): Json => ({
      ...{ order, steps, grace: { EUR: GRACE.text }, reopenDays: REOPEN_DAYS },
      ...more,
    })
    const firms = policy(10, FIRMS, { segment: { customerKinds: ['business'] } })
    await client.post('/v1/dunning-policies', { key: 'firms', policy: firms })
    await client.post('/v1/dunning-policies', { key: 'homes', policy: policy(20, HOMES) })
  }

  /** Behind the hour of the steps. Money may have come in the same hour, before they were done or behind them: each account is as one of both would have it. */
  async morning(): Promise<void> {
    const { day } = this.world
    const now = await this.open()
    const actual = await this.actual()
    for (const account of new Set([...this.items.keys(), ...now.keys(), ...this.runs.keys()])) {
      const steps = POLICIES[this.policyOf(account)] as readonly Step[]
      const [run, own] = [this.runs.get(account), actual.get(account)]
      const [before, behind] = [this.items.get(account) ?? [], now.get(account) ?? []]
      const likely = [morning(steps, run, behind, day), evening(morning(steps, run, before, day), behind, day)]
      const found = likely.find((one) => same(one, own))
      const shown = JSON.stringify({ account, items: behind, run, likely, own }, (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      )
      assert.ok(own === undefined ? likely.includes(undefined) : found !== undefined, `${day}: ${shown}`)
      if (found !== undefined) this.runs.set(account, found)
    }
  }

  /** At the end of a day: runs have ended with their debts, and blocks are what their steps have made. */
  async close(): Promise<void> {
    const { day } = this.world
    this.items = await this.open()
    const actual = await this.actual()
    for (const [account, run] of this.runs) {
      const expected = evening(run, this.items.get(account) ?? [], day) as Run
      assert.deepEqual(actual.get(account), expected, `${day}: ${account} is where its policy says`)
      this.runs.set(account, expected)
    }
    assert.deepEqual([...actual.keys()].toSorted(), [...this.runs.keys()].toSorted(), `${day}: nobody else is dunned`)
    assert.deepEqual(await this.blocked(), this.expectedBlocks(), `${day}: each block matches the state of its dunning`)
  }

  get overdue(): { accounts: number; minor: bigint } {
    const late = [...this.items.values()].filter((items) => overdueSince(items, this.world.day) !== null)
    const minors = late.flat().filter(({ dueOn }) => dueOn < this.world.day)
    return { accounts: late.length, minor: minors.reduce((sum, { minor }) => sum + minor, 0n) }
  }

  private expectedBlocks(): Map<string, string> {
    const found = new Map<string, string>()
    for (const [account, { steps, endedOn }] of this.runs) {
      const done = steps.map(({ id }) => id)
      if (endedOn !== null || !done.includes('soft')) continue
      found.set(account, done.includes('hard') ? 'dunning_hard blocked' : 'dunning_soft restricted')
    }
    return inOrder(found)
  }

  /** The hardest block of each account, and the state that it has given its service. */
  private async blocked(): Promise<Map<string, string>> {
    const rows = await this.world.rows(`select a.key, s.state,
        (select min(b.reason) from service_block b where b.account_id = a.id and b.lifted_at is null) as reason
      from account a join service_state s on s.account_id = a.id
      where s.state <> 'open' or exists (select from service_block b where b.account_id = a.id and b.lifted_at is null)`)
    return inOrder(rows.map(({ key, reason, state }) => [String(key), `${reason} ${state}`] as const))
  }

  /** What is open of the documents of each account. */
  private async open(): Promise<Map<string, Item[]>> {
    const rows = await this.world.rows(`select a.key, i.due_on::text as due_on, i.total_minor - coalesce(
        (select sum(x.amount_minor) from allocation x where x.invoice_id = i.id), 0) as minor
      from invoice i join account a on a.id = i.account_id where i.kind <> 'credit_note' and i.total_minor > coalesce(
        (select sum(x.amount_minor) from allocation x where x.invoice_id = i.id), 0)`)
    const items = rows.map((row) => ({
      key: String(row['key']),
      dueOn: String(row['due_on']),
      minor: minorOf(row['minor']),
    }))
    return new Map(
      [...Map.groupBy(items, ({ key }) => key)].map(([key, own]) => [
        key,
        own.map(({ dueOn, minor }) => ({ dueOn, minor })),
      ]),
    )
  }

  /** The last run of each account, as Kvit has it. */
  private async actual(): Promise<Map<string, Run>> {
    const rows = await this.world.rows(`select distinct on (r.account_id) a.key, r.ended_on::text as ended_on,
        (select json_agg(json_build_object('id', s.step_id, 'on', s.done_on) order by s.position) from dunning_step s
          where s.run_id = r.id and s.state <> 'skipped') as steps
      from dunning_run r join account a on a.id = r.account_id order by r.account_id, r.id desc`)
    return new Map(
      rows.map((row) => [
        String(row['key']),
        { steps: row['steps'] as Done[], endedOn: row['ended_on'] as string | null },
      ]),
    )
  }
}
