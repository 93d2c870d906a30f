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
const MAX_LISTENERS = { ofCaller: 50, ofTenant: 500, inAll: 2_000 }

/** What is said of an event: that it happened and what it is about, not what it tells. */
export type Told = Pick<
  StoredEvent,
  'id' | 'seq' | 'type' | 'objectKind' | 'objectId' | 'accountId' | 'customerId' | 'createdAt'
>
const TOLD = ['id', 'seq', 'type', 'objectKind', 'objectId', 'accountId', 'customerId', 'createdAt'] as const

/** Who listens: a key, or a user. */
export interface Listener {
  readonly tenant: Tenant
  readonly caller: string
}

interface Channel {
  readonly tenant: Tenant
  /** Of each caller, how often it listens. */
  readonly listeners: Map<string, number>
  /** Resolves when it is known where the events are; then it is looked again and again. */
  readonly opened: Promise<void>
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

  /** What keeps a stream from being opened is told before its first byte. @throws Refusal `too_many_requests` where as many listen as may */
  async assertReady(listener: Listener): Promise<void> {
    this.assertRoom(listener)
    await this.headOf(listener.tenant)
  }

  private assertRoom({ tenant, caller }: Listener): void {
    const listeners = this.channels.get(tenant.name)?.listeners ?? new Map<string, number>()
    const own = listeners.get(caller) ?? 0
    const ofTenant = [...listeners.values()].reduce((sum, count) => sum + count, 0)
    const isFull =
      own >= MAX_LISTENERS.ofCaller || ofTenant >= MAX_LISTENERS.ofTenant || this.listeners >= MAX_LISTENERS.inAll
    if (isFull) throw tooMany('listeners to events')
  }

  /**
   * Events as they are numbered; an empty list where nothing happened since the last look.
   * @param after a number to go on behind, where it is not too long ago; null begins with what comes
   * @param goesOn is asked at each look
   */
  async *follow(listener: Listener, after: bigint | null, goesOn: () => boolean): AsyncGenerator<readonly Told[]> {
    const channel = this.enter(listener)
    try {
      await channel.opened
      let seq = after ?? channel.seq
      while (goesOn()) {
        const fresh = channel.kept.filter((event) => event.seq > seq)
        seq = fresh.at(-1)?.seq ?? seq
        yield fresh
        await channel.look
      }
    } finally {
      this.leave(channel, listener)
    }
  }

  private enter(listener: Listener): Channel {
    this.assertRoom(listener)
    const { tenant, caller } = listener
    const channel = this.channels.get(tenant.name) ?? this.open(tenant)
    channel.listeners.set(caller, (channel.listeners.get(caller) ?? 0) + 1)
    this.listeners++
    return channel
  }

  private leave(channel: Channel, { tenant, caller }: Listener): void {
    this.listeners--
    const left = (channel.listeners.get(caller) ?? 0) - 1
    if (left > 0) channel.listeners.set(caller, left)
    else channel.listeners.delete(caller)
    if (channel.listeners.size === 0 && this.channels.get(tenant.name) === channel) this.channels.delete(tenant.name)
  }

  /** Whoever comes while it is being opened waits for that, too, and fails with it. */
  private open(tenant: Tenant): Channel {
    const opened = Promise.withResolvers<void>()
    opened.promise.catch(() => this.channels.delete(tenant.name))
    const channel: Channel = {
      ...{ tenant, listeners: new Map(), opened: opened.promise },
      ...{ seq: 0n, kept: [], look: opened.promise },
    }
    this.channels.set(tenant.name, channel)
    void this.headOf(tenant).then((seq) => {
      channel.seq = seq
      channel.look = this.lookAgain(channel)
      opened.resolve()
    }, opened.reject)
    return channel
  }

  /** Looks as long as anybody listens; each look wakes all of them. */
  private async lookAgain(channel: Channel): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    if (channel.listeners.size === 0) return
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
