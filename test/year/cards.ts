import type { Json } from '../../src/cli/client.ts'
import { bankingDay, daysAfter } from './bank.ts'
import { minorOf, type YearWorld } from './world.ts'

const BACK = 'https://shop.example/back'
/** Of every thousand accounts with a card, how many have which; the others have one that is good for all. */
const CARDS: readonly (readonly [card: string, perMille: number])[] = [
  ['pm_card_chargeDeclinedInsufficientFunds', 90],
  ['pm_card_chargeDeclinedExpiredCard', 60],
  ['pm_card_authenticationRequired', 60],
  ['pm_card_chargeCustomerFail', 20],
]

interface Attempt extends Json {
  readonly account: string
  readonly invoiceId: string
  readonly state: string
  readonly payerUrl: string | null
}

/** Accounts that are charged when a document is issued; what is declined is paid on a page, or by another card, or not at all. */
export class CardPayers {
  private readonly world: YearWorld
  private readonly accounts: readonly string[]
  private readonly cards = new Map<string, string>()
  private lastEvent: string | null = null
  /** Disputes that a bank decides on a day. */
  private readonly trials = new Map<string, string[]>()
  private readonly disputed = new Set<string>()
  private readonly paidToday = new Set<string>()
  /** Who has a new card by which a document is to be paid. */
  private readonly renewed: { readonly account: string; readonly invoice: string; readonly method: string }[] = []

  constructor(world: YearWorld, accounts: readonly string[]) {
    this.world = world
    this.accounts = accounts
  }

  async begin(): Promise<void> {
    const { client } = this.world
    for (const account of this.accounts) {
      const card = this.world.pick(CARDS) ?? 'pm_card_visa'
      this.cards.set(account, card)
      await client.post('/v1/payment-methods', { key: `card-${account}`, account, token: card })
    }
    await this.world.settle()
    for (const account of this.accounts)
      await client.post(`/v1/accounts/${account}/auto-charge`, { on: 'issue' }, 'PUT')
  }

  async act(): Promise<void> {
    const stopped = await this.stopped()
    // Who is late has paid some of them on a page just now.
    for (const { objectId, data } of stopped)
      if (!this.paidToday.has(String(objectId))) await this.payAfterAll(String(objectId), data as Json)
    this.paidToday.clear()
    // New cards are known by then.
    if (this.renewed.length > 0) await this.world.settle()
    for (const { account, invoice, method } of this.renewed.splice(0)) {
      await this.attempt({ account, invoice, method })
      this.world.note('paid by a new card')
    }
    await this.dispute()
    await this.giveBack()
    if (new Date(`${this.world.day}T00:00:00Z`).getUTCDay() === 2) await this.payOut()
  }

  /** Documents that are charged no more, as events since the last day say. */
  private async stopped(): Promise<Json[]> {
    const behind = this.lastEvent === null ? '' : `&cursor=${this.lastEvent}`
    const events = await this.world.client.list<Json>(`/v1/events?type=auto_charge.stopped${behind}`)
    this.lastEvent = String(events.at(-1)?.['id'] ?? this.lastEvent ?? '') || null
    return events
  }

  private async payAfterAll(invoice: string, data: Json): Promise<void> {
    const { world } = this
    const reason = String(data['reason'])
    world.note(`card declined for good: ${reason}`)
    const { account, open } = await world.client.get<{ account: string; open: string }>(`/v1/invoices/${invoice}`)
    if (minorOf(open) === 0n) return
    if (reason === 'authentication_failed') {
      const charge = await this.attempt({ account, invoice, method: 'default', returnUrl: BACK })
      await this.visit(charge, `confirm=${world.happens(85) ? 'yes' : 'no'}`, 'confirmed by the payer')
    } else if (reason === 'expired_method') {
      const key = world.key('new-card')
      await world.client.post('/v1/payment-methods', { key, account, token: 'pm_card_visa' })
      this.renewed.push({ account, invoice, method: key })
    } else if (world.happens(75)) {
      const page = await this.attempt({ account, invoice, returnUrl: BACK })
      await this.visit(page, 'method=pm_card_visa', 'paid on a page')
    } else world.note('left unpaid')
  }

  /** Pays all that is open, by a card that is good. */
  async payUp(account: string): Promise<void> {
    const { world } = this
    for (const { id } of await world.client.list<Json>(`/v1/invoices?account=${account}&state=open&kind=invoice`)) {
      this.paidToday.add(String(id))
      const page = await this.attempt({ account, invoice: id, returnUrl: BACK })
      await this.visit(page, 'method=pm_card_visa', 'paid on a page, late')
    }
  }

  private async attempt(asked: Json): Promise<Attempt> {
    return this.world.client.post<Attempt>('/v1/payment-attempts', { key: this.world.key('pay'), ...asked })
  }

  private async visit({ payerUrl }: Attempt, query: string, what: string): Promise<void> {
    if (payerUrl === null) throw new Error('there is no page to go to')
    await (await fetch(`${payerUrl}?${query}`)).text()
    this.world.note(what)
  }

  private async dispute(): Promise<void> {
    const { world } = this
    const { books } = world.stripe
    const decided = this.trials.get(world.day) ?? []
    const changed = [...decided]
    // Somebody always does, on the twentieth.
    const isDisputed = (): boolean => world.happens(0.03) || (world.day.endsWith('-20') && changed.length === 0)
    for (const { id, state } of [...books.payments.values()])
      if (state === 'captured' && !this.disputed.has(id) && isDisputed()) {
        this.disputed.add(id)
        books.dispute(id)
        if (books.payments.get(id)?.disputes.length === 0) continue
        world.note('card payment disputed')
        changed.push(id)
        const day = daysAfter(world.day, 14)
        this.trials.set(day, [...(this.trials.get(day) ?? []), id])
      }
    for (const id of decided) {
      const isWon = world.happens(50)
      books.decide(id, isWon)
      world.note(isWon ? 'dispute won' : 'dispute lost')
    }
    if (changed.length > 0) await world.settle()
  }

  /** Goodwill for a document that was paid by a card: it goes back to the card. */
  private async giveBack(): Promise<void> {
    const { world } = this
    if (!world.happens(35)) return
    const account = this.accounts[world.between(0, this.accounts.length - 1)] as string
    const [paid] = await world.client.list<Json>(`/v1/invoices?account=${account}&state=paid&kind=invoice`)
    if (paid === undefined || this.cards.get(account) !== 'pm_card_visa') return
    const asked = { key: world.key('note'), reason: 'goodwill', amount: '2.50', money: 'refund' }
    const note = await world.client
      .post<{ refund: Json | null }>(`/v1/invoices/${String(paid['id'])}/credit-notes`, asked)
      .catch(() => null)
    if (note?.refund == null) return
    const sent = await world.client.post<Json>(`/v1/refunds/${String(note.refund['id'])}/send`, {
      key: world.key('back'),
    })
    world.note(`goodwill to a card: ${String(sent['state'])}`)
  }

  /** Once a week the provider transfers what it holds; the bank has it on the next day. */
  private async payOut(): Promise<void> {
    const { world } = this
    const arrivesOn = bankingDay(daysAfter(world.day, 1))
    const payout = world.stripe.books.payOut('EUR', arrivesOn)
    if (payout === null) return
    await world.client.post('/v1/payment-gateways/stripe/payouts', {})
    await world.settle()
    world.note('payouts')
    const named = { name: 'STRIPE PAYMENTS EUROPE', text: `STRIPE ${payout.id}` }
    world.bank.book({ minor: Number(payout.netMinor), day: arrivesOn, ...named })
  }
}
