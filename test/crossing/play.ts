import { ApiError, type Client, type Json } from '../../src/cli/client.ts'
import { runBills } from '../../src/cli/commands-billing.ts'
import { commitOpened, draftsEnded, interimInvoice, reRate } from './background-work.ts'
import { compareAccount, type Difference, readPapers, type SeenPaper } from './compare.ts'
import { compareExplanations } from './compare-explanations.ts'
import { compareTax, compareTaxOfAll } from './compare-tax.ts'
import type { Calendar, History, Step } from './history.ts'
import { askOnline } from './play-online.ts'
import { open, publish } from './publish.ts'
import { Book } from './reference/book.ts'
import { openCommit } from './reference/commits.ts'
import { billUntil, issueDue } from './reference/papers.ts'

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
  const running = histories.map((history): Running => {
    return { history, book: new Book(bookOf(history)), papers: new Map(), finding: null }
  })
  await client.post('/v1/issuers', { key: 'op', name: 'Operator', address: 'Kyiv' })
  await publish(client, histories)
  await each(running, ({ history }) => open(client, history))
  for (const { at, billUntil: until } of calendar.moments) {
    await setClock(at)
    const issued = await draftsIssued(client, running, at)
    await each(running, async (one) => {
      if (openCommit(one.book, at)) await commitOpened(client, one.history.name)
      for (const step of one.history.steps.filter((step) => step.at === at && one.finding === null)) {
        const refused = await take(client, one.history, step, one.book.file(step)).catch(String)
        if (step.do === 'interim invoice' || step.do === 're-rate') await readPapers(client, one.book, one.papers)
        if (refused !== undefined)
          one.finding = {
            history: one.history,
            at,
            differences: [{ what: JSON.stringify(step), expected: 'done', got: refused }],
          }
      }
    })
    if (until !== undefined) {
      await runBills(client, until)
      for (const { book } of running) billUntil(book, until, at)
    }
    // Where nothing was done, nothing has changed.
    const touched = running.filter(
      (one) => until !== undefined || issued.has(one) || one.history.steps.some((step) => step.at === at),
    )
    await each(touched, async (one) => {
      if (one.finding !== null) return
      const ofAccount = await compareAccount(client, one.book, one.papers)
      const ofTax = [...one.papers.values()].flatMap((paper) => compareTax(one.book, paper))
      const differences = [...ofTax, ...ofAccount]
      if (differences.length > 0) one.finding = { history: one.history, at, differences }
    })
  }
  await each(running, async (one) => {
    if (one.finding !== null) return
    const papers = [...one.papers.values()]
    const taxes = compareTaxOfAll(one.book, papers)
    const differences = taxes.length > 0 ? taxes : await compareExplanations(client, one.book, papers)
    const at = calendar.moments.at(-1)?.at ?? ''
    if (differences.length > 0) one.finding = { history: one.history, at, differences }
  })
  return running.flatMap(({ finding }) => finding ?? [])
}

/** A clock that is set forward ends grace periods: what was a draft is issued then, before anything else is done. */
async function draftsIssued(client: Client, running: readonly Running[], at: string): Promise<Set<Running>> {
  const waiting = running.filter(({ history, finding }) => history.graceDays > 0 && finding === null)
  const before = new Map(waiting.map((one) => [one, one.book.papers.length]))
  for (const { book } of waiting) issueDue(book, at)
  const issued = new Set(waiting.filter((one) => one.book.papers.length !== before.get(one)))
  if (waiting.some(({ book }) => book.isWaiting) || issued.size > 0) await draftsEnded(client, at)
  await each([...issued], async ({ book, papers }) => readPapers(client, book, papers))
  return issued
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

/** @param isDone - whether the book says that it is done: else a record is suspended, and another step refused */
async function take(client: Client, history: History, step: Step, isDone: boolean): Promise<void> {
  if (step.do === 'use' && step.via !== 'file') return askOnline(client, history, step, isDone)
  if (step.do === 'use') {
    const { id, type, time, data } = step
    const report = await client.post<Json>('/v1/usage', [{ id, source: 's', service: history.name, type, time, data }])
    if (report['charged'] !== (isDone ? 1 : 0)) throw new Error(`charged or not: ${JSON.stringify(report)}`)
    return
  }
  if (step.do === 'interim invoice') return interimInvoice(client, history, isDone)
  const refused = await ask(client, history, step).catch((error: unknown) => {
    if (error instanceof ApiError && !isDone) return error
    throw error
  })
  if (!isDone && !(refused instanceof ApiError)) throw new Error('it was done')
}

function ask(
  client: Client,
  { name, currency, coupon }: History,
  step: Exclude<Step, { do: 'use' | 'interim invoice' }>,
): Promise<unknown> {
  switch (step.do) {
    case 'pay': {
      const payment = { key: `${name}-${step.id}`, account: name, method: 'bank', currency, amount: step.amount }
      return client.post('/v1/payments', payment)
    }
    case 'top up': {
      const topUp = { key: `${name}-${step.id}`, account: name, method: 'cash', currency, amount: step.amount }
      return client.post('/v1/top-ups', topUp)
    }
    case 'credit limit':
      return client.post(`/v1/accounts/${name}`, { creditLimit: step.amount }, 'PATCH')
    case 'coupon':
      return client.post('/v1/coupon-redemptions', { key: name, code: coupon?.code, account: name })
    case 're-rate':
      return reRate(client, name, step)
    case 'change': {
      const { effective: at, ...change } = step.change
      return client.post(`/v1/subscriptions/${name}/changes`, { ...change, at })
    }
    case 'retract':
    case 'amend': {
      const record = step.do === 'amend' ? { record: { data: step.data } } : {}
      const key = `${name}-${step.do}-${step.id}-${step.at}`
      const correction = { key, source: 's', id: step.id, action: step.do, ...record, reason: 'it was wrong' }
      return client.post('/v1/usage-corrections', correction)
    }
  }
}
