import type { Json } from '../../src/cli/client.ts'
import { daysAfter } from './bank.ts'
import type { YearWorld } from './world.ts'

/** Of a hundred who are late, how many pay when dunning has done a step. */
const MOVED: Readonly<Record<string, number>> = { remind: 15, call: 20, soft_block: 60, hard_block: 60, terminate: 20 }

/** One of a hundred never pays. */
export const neverPays = (account: string): boolean => Number(account.slice(1)) % 100 === 13

/** Who has not paid, and does so in the end, or never: some at a reminder, most when their service is barred. */
export class LatePayers {
  private readonly world: YearWorld
  private readonly payUp: (account: string) => Promise<void>
  private lastEvent: string | null = null
  private readonly decided = new Map<string, string[]>()

  /** @param payUp how an account pays all that it owes */
  constructor(world: YearWorld, payUp: (account: string) => Promise<void>) {
    this.world = world
    this.payUp = payUp
  }

  async act(): Promise<void> {
    const { world } = this
    const behind = this.lastEvent === null ? '' : `&cursor=${this.lastEvent}`
    const events = await world.client.list<Json>(`/v1/events?type=dunning_step.done${behind}`)
    this.lastEvent = String(events.at(-1)?.['id'] ?? this.lastEvent ?? '') || null
    for (const { accountId, data } of events) {
      const { action } = data as { action: string }
      world.note(`dunning: ${action}`)
      const percent = MOVED[action]
      if (percent === undefined || !world.happens(percent)) continue
      const day = daysAfter(world.day, world.between(0, 3))
      this.decided.set(day, [...(this.decided.get(day) ?? []), String(accountId)])
      world.note(`moved to pay by: ${action}`)
    }
    const today = this.decided.get(world.day) ?? []
    this.decided.delete(world.day)
    for (const id of new Set(today)) {
      const { key } = await world.client.get<{ key: string }>(`/v1/accounts/${id}`)
      if (!neverPays(key)) await this.payUp(key)
    }
    // What waits to be handed over is, on the last days of months.
    if (world.day.endsWith('-28') || world.day.endsWith('-19')) await this.handOver()
  }

  private async handOver(): Promise<void> {
    const waiting = await this.world.rows(`select id from dunning_hand_over_account where state = 'waiting' limit 1`)
    if (waiting.length === 0) return
    const asked = { key: `agency-${this.world.day}`, recipient: 'Collect Ltd' }
    const { accounts } = await this.world.client.post<{ accounts: Json[] }>('/v1/dunning-hand-overs', asked)
    this.world.note('handed over to an agency', accounts.length)
  }
}
