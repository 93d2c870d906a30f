import type { Client, Json } from '../../src/cli/client.ts'
import { runBills } from '../../src/cli/commands-billing.ts'
import { compareAccount, type Difference, type SeenPaper } from './compare.ts'
import type { Calendar, History, Step } from './history.ts'
import { Book } from './reference/book.ts'
import { billUntil } from './reference/papers.ts'

/** The first thing in which a history's account and its paper book differ. */
export interface Finding {
  readonly history: History
  readonly at: string
  readonly differences: readonly Difference[]
}

interface Running {
  readonly history: History
  readonly book: Book
  readonly papers: Map<string, SeenPaper>
  finding: Finding | null
}

/** Makes a tenant and a client for it. */
export type NewTenant = (clock: string) => Promise<{ client: Client; setClock: (time: string) => Promise<unknown> }>

/**
 * Lives all histories side by side in a tenant of their own, and compares each with its book at every moment.
 * @param bookOf - the history that the book is told, if it is another one
 */
export async function play(
  newTenant: NewTenant,
  calendar: Calendar,
  histories: readonly History[],
  bookOf: (history: History) => History = (history) => history,
): Promise<Finding[]> {
  const { client, setClock } = await newTenant(calendar.begins)
  await client.post('/v1/issuers', { key: 'op', name: 'Operator', address: 'Kyiv' })
  const running = histories.map((history): Running => {
    return { history, book: new Book(bookOf(history)), papers: new Map(), finding: null }
  })
  await publish(client, histories)
  await each(running, ({ history }) => open(client, history))
  for (const { at, billUntil: until } of calendar.moments) {
    await setClock(at)
    await each(running, async (one) => {
      for (const step of one.history.steps.filter((step) => step.at === at && one.finding === null)) {
        const refused = await take(client, one.history, step).catch(String)
        if (refused === undefined) one.book.file(step)
        else
          one.finding = {
            history: one.history,
            at,
            differences: [{ what: JSON.stringify(step), expected: 'done', got: refused }],
          }
      }
    })
    if (until !== undefined) {
      await runBills(client, until)
      for (const { book } of running) billUntil(book, until)
    }
    await each(running, async (one) => {
      if (one.finding !== null) return
      const differences = await compareAccount(client, one.book, one.papers)
      if (differences.length > 0) one.finding = { history: one.history, at, differences }
    })
  }
  return running.flatMap(({ finding }) => finding ?? [])
}

/** At most so many histories ask at one moment; a machine with two cores is not faster with more. */
const SIDE_BY_SIDE = 6

async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker))
}

async function publish(client: Client, histories: readonly History[]): Promise<void> {
  const files = histories.map(({ name, meters, plans }) => ({ name: `${name}.yaml`, text: planFile(meters, plans) }))
  await client.post('/v1/catalog', { files })
}

/** A plan file; JSON is YAML, too. */
export function planFile(meters: History['meters'], plans: History['plans']): string {
  return JSON.stringify({ meters, plans }, null, 1)
}

async function open(client: Client, { name, currency, zone, cycle, anchor, startsAt, plans }: History): Promise<void> {
  await client.post('/v1/customers', { key: name, name })
  const { unit: cycleUnit, count: cycleCount = 1 } = cycle
  const terms = { currency, zone, cycleUnit, cycleCount, cycleAnchor: anchor }
  await client.post('/v1/accounts', { key: name, customer: name, issuer: 'op', ...terms })
  await client.post('/v1/services', { key: name, account: name, validFrom: startsAt })
  await client.post('/v1/subscriptions', { key: name, account: name, plan: plans[0]?.code, startsAt })
}

async function take(client: Client, { name, currency }: History, step: Step): Promise<void> {
  switch (step.do) {
    case 'use': {
      const { id, type, time, data } = step
      const report = await client.post<Json>('/v1/usage', [{ id, source: 's', service: name, type, time, data }])
      if (report['charged'] !== 1) throw new Error(`${name} ${id} was not charged: ${JSON.stringify(report)}`)
      break
    }
    case 'pay':
      await client.post('/v1/payments', {
        key: `${name}-${step.id}`,
        account: name,
        method: 'bank',
        currency,
        amount: step.amount,
      })
  }
}
