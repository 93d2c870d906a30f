import { isDeepStrictEqual } from 'node:util'
import type { Client } from '../../src/cli/client.ts'
import { present } from '../../src/core/base/assert.ts'
import { featuresOf } from '../crossing/coverage.ts'
import type { Features } from '../crossing/features.ts'
import { drawCalendar, drawHistory, HISTORIES } from '../crossing/generate.ts'
import { drawDeck, drawSignal } from '../crossing/generate-surroundings.ts'
import type { Calendar, History, Step } from '../crossing/history.ts'
import { publish } from '../crossing/publish.ts'
import { Book } from '../crossing/reference/book.ts'
import { addDays } from '../crossing/reference/calendar.ts'
import { openCommit } from '../crossing/reference/commits.ts'
import type { Chance } from '../simulation/chance.ts'
import { LOOKS, MAX_TRIES, openTerm, reRate } from './background-work.ts'
import { compareLife, type Life } from './compare.ts'
import { requestOf } from './requests.ts'
import type { BillingWorld } from './world.ts'

const ACCOUNTS = 2
/** Longer than any billing period of these accounts. */
const PERIOD_DAYS = 40
/** The engine's own simulation has gateways; tax and drafts are what the crossing matrix has. */
const LEFT_OUT = { channel: 'by file', tax: 'untaxed', grace: 'no grace' }

interface Run {
  readonly id: string
  readonly status: 'running' | 'complete' | 'failed'
  readonly error: string | null
}

/** Tells one seed's story: lives of some accounts, billed meanwhile, while everything goes wrong; and how it ends. */
export class Story {
  private readonly world: BillingWorld
  private readonly chance: Chance
  private readonly calendar: Calendar
  private readonly lives: Life[]
  /** Requests that were answered, which come again later now and then; with the answer of the first time. */
  private readonly answered: { url: string; body: unknown; key: string | undefined; text: string | null }[] = []
  private keys = 0

  constructor(world: BillingWorld, seed: number) {
    this.world = world
    this.chance = world.chance
    this.calendar = drawCalendar(world.chance, 60)
    const begin = this.calendar.begins.slice(0, 10)
    const shared = {
      signal: drawSignal(world.chance, begin),
      deck: drawDeck(world.chance, begin),
      rateChangesOn: begin,
    }
    this.lives = Array.from({ length: ACCOUNTS }, (_, at) => {
      const features = { ...featuresOf(seed, at, HISTORIES), ...LEFT_OUT } as Features
      const history = withCoupon(drawHistory(world.chance, `s${seed}n${at}`, this.calendar, features, shared))
      const book = new Book(history)
      if (history.coupon !== null) book.file({ do: 'coupon', at: this.begins })
      return { history, book, payments: new Map(), topUps: new Map() }
    })
  }

  get begins(): string {
    return this.calendar.begins
  }

  async tell(): Promise<void> {
    const { world, chance, calendar, lives } = this
    world.startServer()
    await this.prepare()
    world.storm()
    for (const { at, billUntil } of calendar.moments) {
      world.tenant = { ...world.tenant, clockMs: Date.parse(at) }
      world.note(`--- ${at}`)
      if (chance.is(0.3)) world.storm()
      let isOver = false
      const weather = this.weather(() => isOver).catch((error: unknown) => world.find(`the weather: ${error}`))
      const bills =
        billUntil === undefined ? [] : [this.bill(billUntil), ...(chance.is(0.3) ? [this.bill(billUntil)] : [])]
      await Promise.all([...lives.map((life) => this.live(life, at)), ...bills])
      isOver = true
      await weather
      await this.checkTold()
      if (world.findings.length > 0) return
    }
    await world.calm()
    await this.close()
  }

  /** Whoever was answered that money came in, or is gone, has balances that know it. */
  private async checkTold(): Promise<void> {
    const { world, lives } = this
    const keys = lives.flatMap(({ payments }) => [...payments.keys()])
    const { schema } = world.tenant
    const untold = await world.look<{ key: string }>(
      `select payment.key from ${schema}.payment left join ${schema}.payment_reversal reversal on reversal.payment_id = payment.id
        where payment.key = any($1) and (payment.lowers_owed and payment.balance_applied_at is null or reversal.raises_owed and reversal.balance_applied_at is null)`,
      [keys],
    )
    for (const { key } of untold) world.find(`balances have not heard of the payment ${key}, or of its reversal`)
  }

  /** After the last moment everything is billed, and held against the books; then a process begins anew, and it is still so. */
  private async close(): Promise<void> {
    const { world, lives, calendar } = this
    // What changed while its last period was billed stands on the bill of the next.
    const last = addDays(present(calendar.moments.at(-1), 'a moment').at.slice(0, 10), PERIOD_DAYS)
    world.tenant = { ...world.tenant, clockMs: Date.parse(`${last}T12:00:00Z`) }
    await this.bill(last)
    for (const _ of [1, 2]) {
      for (const life of lives)
        for (const difference of await compareLife(world, life, last))
          world.find(`${life.history.name}: ${JSON.stringify(difference)}\n${life.history.features.join(', ')}`)
      const { holds, results } = await world.get<{
        holds: boolean
        results: { invariant: string; holds: boolean; detail: string }[]
      }>('/v1/check')
      if (!holds) for (const one of results) if (!one.holds) world.find(`${one.invariant}: ${one.detail}`)
      await world.calm()
    }
  }

  private async prepare(): Promise<void> {
    const { world, lives } = this
    await this.done('/v1/issuers', { key: 'op', name: 'Operator', address: 'Kyiv' })
    const client = { post: async (url: string, body: unknown) => this.done(url, body) } as unknown as Client
    const histories = lives.map(({ history }) => history)
    await world.outside(async () => publish(client, histories))
    for (const { history } of lives) {
      const { name, currency, zone, cycle, anchor, startsAt, quantity, creditLimit, plans } = history
      await this.done('/v1/customers', { key: name, name })
      const { unit: cycleUnit, count: cycleCount = 1 } = cycle
      const terms = { currency, zone, cycleUnit, cycleCount, cycleAnchor: anchor, creditLimit }
      await this.done('/v1/accounts', { key: name, customer: name, issuer: 'op', ...terms })
      await this.done('/v1/services', { key: name, account: name, validFrom: startsAt })
      const sold = { plan: plans[0]?.code, planVersion: 1, quantity, startsAt }
      await this.done('/v1/subscriptions', { key: name, account: name, ...sold })
      if (history.coupon !== null)
        await this.done('/v1/coupon-redemptions', { key: name, code: history.coupon.code, account: name })
    }
  }

  private async done(url: string, body: unknown): Promise<void> {
    const key = `prepare-${++this.keys}`
    for (let tries = 1; ; tries++) {
      const { status, text } = await this.world.insist('POST', url, body, key)
      if (status < 300) return
      // A thread that reads plan files has a deadline by the clock on the wall, which a busy machine does not always keep.
      if (!text.includes('took longer') || tries === MAX_TRIES) throw new Error(`${url}: ${text}`)
    }
  }

  /** What an account does at a moment, one step after the other: what came before what is then known. */
  private async live(life: Life, at: string): Promise<void> {
    if (openCommit(life.book, at)) await openTerm(this.world, life.history.name)
    for (const step of life.history.steps) {
      if (step.at !== at || this.world.findings.length > 0) continue
      await this.take(life, step, step.do === 'interim invoice' ? true : life.book.file(step))
      await this.world.pause(this.chance.int(0, 300))
    }
    if (this.chance.is(0.25)) await this.reverse(life)
  }

  /** @param isDone whether the book says that it is done */
  private async take(life: Life, step: Step, isDone: boolean): Promise<void> {
    const { history } = life
    const { name, currency } = history
    this.world.note(`${name} ${JSON.stringify(step)}`)
    if (step.do === 'use') {
      const record = { id: step.id, source: 's', service: name, type: step.type, time: step.time, data: step.data }
      const { status, text } = await this.ask('/v1/usage', [record], undefined)
      const {
        charged = 0,
        duplicates = 0,
        suspended = 0,
      } = status < 300 ? (JSON.parse(text) as Record<string, number>) : {}
      // One whose first answer was lost is a duplicate by now.
      if (duplicates !== 1 && (isDone ? charged : suspended) !== 1) this.world.find(`${JSON.stringify(step)}: ${text}`)
      return
    }
    if (step.do === 're-rate') return reRate(this.world, async (...asked) => this.ask(...asked), name, step)
    const key = `${name}-${++this.keys}`
    const [method, url, body] = requestOf(name, currency, step)
    const { status, text } = await this.ask(
      url,
      body,
      method === 'PATCH' ? key : this.chance.is(0.5) || step.do === 'change' ? key : undefined,
      method,
    )
    // What was billed by then, and is owed, hangs on the order of bill runs and requests: what was answered is so.
    const isOpen = step.do === 'credit limit' && (status === 409 || status === 200)
    if (isOpen && status === 200) life.book.creditLimit = step.amount
    if (status < 300 !== isDone && !isOpen)
      this.world.find(`${JSON.stringify(step)} ${isDone ? 'is to be done' : 'is to be refused'}: ${status} ${text}`)
    if (step.do === 'pay') life.payments.set(`${name}-${step.id}`, { amount: step.amount, isReversed: false })
    if (step.do === 'top up') life.topUps.set(`${name}-${step.id}`, step.amount)
  }

  /** A payment bounces. */
  private async reverse({ history, book, payments }: Life): Promise<void> {
    const standing = [...payments].filter(([, { isReversed }]) => !isReversed)
    if (standing.length === 0) return
    const [key, payment] = this.chance.pick(standing)
    const { status, text } = await this.ask(
      `/v1/payments/${key}/reversal`,
      { reason: 'bounced' },
      this.chance.is(0.5) ? `r-${key}` : undefined,
    )
    if (status >= 300) this.world.find(`reversal of ${key}: ${text}`)
    payments.set(key, { ...payment, isReversed: true })
    const at = book.moneyIn.findIndex(({ id }) => `${history.name}-${id}` === key)
    book.moneyIn.splice(at, 1)
  }

  /** Asks, now and then twice at once, and remembers what to ask again later. */
  private async ask(
    url: string,
    body: unknown,
    key: string | undefined,
    method: 'POST' | 'PATCH' = 'POST',
  ): Promise<{ status: number; text: string }> {
    const { world, chance } = this
    const once = async (): Promise<{ status: number; text: string }> => world.insist(method, url, body, key)
    const [first, again] = chance.is(0.15) ? await Promise.all([once(), once()]) : [await once()]
    // Each has the answer of the first one. Records are charged once, and the other is told that it is a repetition; a re-rating
    // is told as it stands.
    const isTold = !url.endsWith('/usage') && !url.includes('/re-ratings') && (key !== undefined || method === 'POST')
    if (again !== undefined) world.counts.repeats++
    if (again !== undefined && isTold && !isSameAnswer(first, again))
      world.find(
        `two answers to ${url} ${JSON.stringify(body)}: ${first.status} ${first.text} and ${again.status} ${again.text}`,
      )
    if (first.status < 300 && method === 'POST')
      this.answered.push({ url, body, key, text: isTold && key !== undefined ? first.text : null })
    return first
  }

  private async repeat(): Promise<void> {
    const { world, chance, answered } = this
    if (answered.length === 0) return
    const { url, body, key, text } = chance.pick(answered)
    world.note(`again ${url} ${JSON.stringify(body)}`)
    world.counts.repeats++
    const again = await world.insist('POST', url, body, key)
    if (text !== null && !isSameJson(again.text, text))
      world.find(`${url} ${JSON.stringify(body)} was answered ${text}, and later ${again.text}`)
    if (url.endsWith('/usage') && (JSON.parse(again.text) as { charged: number }).charged > 0)
      world.find(`charged again: ${JSON.stringify(body)}`)
    if (again.status >= 300) world.find(`${url} ${JSON.stringify(body)} was done before, and now ${again.text}`)
  }

  /** A bill run, until somebody says that it is complete. */
  private async bill(until: string): Promise<void> {
    const { world, chance } = this
    for (;;) {
      let run = await this.runOf(world.insist('POST', '/v1/bill-runs', { until }))
      for (let looks = 0; run.status === 'running' && looks < LOOKS; looks++) {
        await world.pause(chance.int(50, 1_000))
        run = await this.runOf(world.insist('GET', `/v1/bill-runs/${run.id}`))
      }
      if (run.status === 'failed') world.find(`a bill run failed: ${run.error}`)
      if (run.status !== 'running') return
    }
  }

  private async runOf(answer: Promise<{ status: number; text: string }>): Promise<Run> {
    const { status, text } = await answer
    if (status >= 300) throw new Error(text)
    return JSON.parse(text) as Run
  }

  /** What the process does by itself, what comes again, and thefts. */
  private async weather(isOver: () => boolean): Promise<void> {
    const { world, chance } = this
    while (!isOver()) {
      const what = chance.weighted({ nothing: 3, repeat: 2, task: 5, steal: 0.4, checkpoint: 0.7 })
      const server = world.servers.find(({ isReady }) => isReady)
      if (what === 'repeat') await this.repeat()
      if (what === 'steal') world.steal()
      if (server !== undefined && (what === 'task' || what === 'checkpoint')) {
        const task = chance.pick(server.tasks)
        const work = what === 'task' ? task : async () => server.engine.checkpoint(world.tenant.name)
        await world.work(server, what, work)
      }
      await world.pause(chance.int(10, 400))
    }
  }
}

/**
 * A coupon works on bills after it, and on which bill something is hangs here on what came first. One by per cent that is redeemed
 * before everything, and for ever, takes the same of all together.
 */
function withCoupon(history: History): History {
  const { coupon, steps } = history
  const lasting = coupon?.value.kind === 'percent' ? { ...coupon, duration: { kind: 'forever' as const } } : null
  return { ...history, coupon: lasting, steps: steps.filter((step) => step.do !== 'coupon') }
}

/** Names may come in another order. */
function isSameJson(one: string, other: string): boolean {
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other))
}

function isSameAnswer(one: { status: number; text: string }, other: { status: number; text: string }): boolean {
  // A refusal names its request.
  return one.status === other.status && (one.status >= 300 || isSameJson(one.text, other.text))
}
