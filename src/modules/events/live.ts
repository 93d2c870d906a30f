import { type Database, inSchema } from '../../platform/db.ts'
import type { StoredEvent } from '../../platform/events/event-type.ts'
import { tooMany } from '../../platform/gate.ts'
import type { Tenant } from '../../platform/tenant.ts'

/** How often the events of a tenant are looked at, however many listen. */
const LOOK_EVERY_MS = 500
/** Events of one look; the rest comes with the next. */
const BATCH = 500
/** Events that are kept for who was away for a moment. */
const KEPT = 1_000
const MAX_LISTENERS = { ofTenant: 500, inAll: 2_000 }

/** What is said of an event: that it happened and what it is about, not what it tells. */
export type Told = Pick<
  StoredEvent,
  'id' | 'seq' | 'type' | 'objectKind' | 'objectId' | 'accountId' | 'customerId' | 'createdAt'
>
const TOLD = ['id', 'seq', 'type', 'objectKind', 'objectId', 'accountId', 'customerId', 'createdAt'] as const

interface Channel {
  readonly tenant: Tenant
  listeners: number
  /** The last event that was looked at. */
  seq: bigint
  kept: Told[]
  look: Promise<void>
}

/**
 * What happens in tenants that somebody listens to. One look serves all listeners of a tenant, so that a hundred open pages cost what one does: a row by its
 * key, twice a second. Nobody's place is kept: who falls behind reads on in the list of events.
 */
export class LiveEvents {
  private readonly db: Database
  private readonly onFault: (error: unknown) => void
  private readonly channels = new Map<string, Channel>()
  private listeners = 0

  constructor(db: Database, onFault: (error: unknown) => void) {
    this.db = db
    this.onFault = onFault
  }

  /**
   * Events as they are numbered; an empty list where nothing happened since the last look.
   * @param after a number to go on behind, where it is not too long ago; null begins with what comes
   * @param goesOn is asked at each look
   */
  async *follow(tenant: Tenant, after: bigint | null, goesOn: () => boolean): AsyncGenerator<readonly Told[]> {
    const channel = await this.enter(tenant)
    try {
      let seq = after ?? channel.seq
      while (goesOn()) {
        const fresh = channel.kept.filter((event) => event.seq > seq)
        seq = fresh.at(-1)?.seq ?? seq
        yield fresh
        await channel.look
      }
    } finally {
      channel.listeners--
      this.listeners--
      if (channel.listeners === 0) this.channels.delete(tenant.name)
    }
  }

  private async enter(tenant: Tenant): Promise<Channel> {
    const known = this.channels.get(tenant.name)
    if (this.listeners >= MAX_LISTENERS.inAll || (known?.listeners ?? 0) >= MAX_LISTENERS.ofTenant)
      throw tooMany('listeners to events')
    this.listeners++
    if (known !== undefined) {
      known.listeners++
      return known
    }
    const channel: Channel = { tenant, listeners: 1, seq: 0n, kept: [], look: Promise.resolve() }
    this.channels.set(tenant.name, channel)
    try {
      channel.seq = await this.headOf(tenant)
    } catch (error) {
      this.listeners--
      this.channels.delete(tenant.name)
      throw error
    }
    channel.look = this.lookAgain(channel)
    return channel
  }

  /** Looks as long as anybody listens; each look wakes all of them. */
  private async lookAgain(channel: Channel): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    if (channel.listeners === 0) return
    try {
      if ((await this.headOf(channel.tenant)) > channel.seq) await this.read(channel)
    } catch (error) {
      this.onFault(error)
    }
    channel.look = this.lookAgain(channel)
  }

  private async headOf({ schema }: Tenant): Promise<bigint> {
    const { seq } = await inSchema(this.db, schema).selectFrom('eventHead').select('seq').executeTakeFirstOrThrow()
    return seq as bigint
  }

  private async read(channel: Channel): Promise<void> {
    const db = inSchema(this.db, channel.tenant.schema)
    const query = db.selectFrom('event').select(TOLD).where('seq', '>', channel.seq).orderBy('seq').limit(BATCH)
    const events = (await query.execute()) as unknown as Told[]
    channel.seq = events.at(-1)?.seq ?? channel.seq
    channel.kept = [...channel.kept, ...events].slice(-KEPT)
  }
}
