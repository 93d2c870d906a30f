import { sql } from 'kysely'
import { NOTICE_CHANNELS, type NoticeChannel } from '../../core/notifications/channels.ts'
import { BackgroundTurns } from '../../platform/background-turns.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Database, type DatabaseTransaction, inSchema, inTransaction } from '../../platform/db.ts'
import { growingPauseMs } from '../../platform/patience.ts'
import { Refusal } from '../../platform/problems.ts'
import { isOwnerGone, ownerName } from '../../platform/processes.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { ChannelWay } from './channels.ts'
import type { NoticeSend } from './notice.ts'
import { noticeTerms } from './notice-settings.ts'
import { planNotices } from './planner.ts'
import type { NotificationChannel } from './ports.ts'
import { takeReceipt } from './receipts.ts'
import { endAttempt, goOn, tellFailed } from './record.ts'
import type { SendContext } from './send-batch.ts'
import { sendTurn } from './send-turn.ts'

/** Messages of a channel that a process sends at the same time; one while the channel is away. */
const LANES = 8
/** A channel that is away rests for 1, 2, 4 … seconds, at most this long. */
const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 300_000
/** Longer than any message takes: what is under way since then was left by a process that is no more, on whatever machine. */
const LEFT_AFTER_MS = 600_000
/** Of what was left, how much one look ends. */
const LEFT_AT_ONCE = 200
/** Batches of notices that one look plans; the rest comes with the next one. */
const PLANNED_AT_ONCE = 20
/** Receipts of messages that an earlier process has sent are waited for from the first look on: a network tries for three days at most. */
const RECEIPTS_WITHIN_MS = 259_200_000

interface SenderParts {
  readonly db: Database
  readonly settings: SettingsStore
  readonly nowMs: (tenant: Tenant) => number
  readonly timeOf: (tenant: Tenant) => Promise<number>
  /** All that there are, of which a tenant has set up some. */
  readonly ways: readonly ChannelWay[]
  readonly publicUrl: () => string
  readonly onFault: (error: unknown) => void
  readonly secretKeyRing: KeyRing
}

interface Waiting {
  readonly hasNew: boolean
  readonly hasUnderWay: boolean
  readonly channels: readonly NoticeChannel[]
}

interface Rest {
  readonly failures: number
  readonly untilMs: number
}

/**
 * Plans notices and sends their messages. Each channel of a tenant has a turn of its own, so that one that is slow or away holds up no other. A message
 * goes at most once where its channel cannot say whether it has it.
 */
export class Sender {
  private readonly parts: SenderParts
  private readonly owner = ownerName()
  private readonly turns: BackgroundTurns
  private readonly rests = new Map<string, Rest>()
  /** Tenants that were looked at for messages that an earlier process has sent. */
  private readonly heard = new Set<string>()
  private readonly receipts = new Set<Promise<unknown>>()
  private isClosed = false

  constructor(parts: SenderParts) {
    this.parts = parts
    this.turns = new BackgroundTurns(parts.onFault)
  }

  /** Plans what was asked for and begins to send what is due of a tenant; nobody waits for the sending. */
  async look(tenant: Tenant, closing: AbortSignal): Promise<void> {
    if (!this.heard.has(tenant.schema)) {
      await this.listenForLeft(tenant)
      this.heard.add(tenant.schema)
    }
    let waiting = await this.waiting(tenant)
    if (waiting.hasNew) {
      await this.plan(tenant, closing)
      waiting = await this.waiting(tenant)
    }
    const { hasUnderWay, channels } = waiting
    if (hasUnderWay) await this.endLeft(tenant)
    for (const channel of channels) {
      const name = `${tenant.schema} ${channel}`
      if (closing.aborted) return
      if (this.turns.has(name) || (this.rests.get(name)?.untilMs ?? 0) > systemClock.nowMs()) continue
      this.turns.begin(name, async () =>
        this.sendAll(tenant, channel, name, closing).catch((error: unknown) => {
          // Whatever it is, it is not asked for again and again.
          this.rest(name)
          throw error
        }),
      )
    }
  }

  /** A batch at once; where a tenant has more, nobody else waits for the rest. */
  private async plan(tenant: Tenant, closing: AbortSignal): Promise<void> {
    const name = `${tenant.schema} planning`
    const batch = async (): Promise<boolean> => planNotices(this.parts.db, tenant, this.parts.nowMs(tenant))
    if (this.turns.has(name) || !(await batch())) return
    if (this.turns.has(name)) return
    this.turns.begin(name, async () => {
      for (let batches = 1; batches < PLANNED_AT_ONCE && !closing.aborted; batches++) if (!(await batch())) return
    })
  }

  /** Resolves when what is under way has ended. */
  async close(): Promise<void> {
    await this.turns.ended()
    this.isClosed = true
    await Promise.allSettled(this.receipts)
  }

  /** Has receipts that come over the connection of a channel recorded; one that is not recorded is not acknowledged. */
  private listen(tenant: Tenant, channel: NoticeChannel, opened: NotificationChannel): void {
    opened.listen?.(async (receipt) => {
      if (this.isClosed) throw new Error('the process ends')
      const { db, timeOf, onFault } = this.parts
      const kept = timeOf(tenant).then(async (nowMs) => takeReceipt(db, tenant, { channel, receipt, nowMs }))
      this.receipts.add(kept)
      try {
        await kept
      } catch (error) {
        if (!(error instanceof Refusal)) onFault(error)
        throw error
      } finally {
        this.receipts.delete(kept)
      }
    })
  }

  /** Listens where messages are out that an earlier process has sent: their receipts come over a connection that nobody would open before the next message. */
  private async listenForLeft(tenant: Tenant): Promise<void> {
    const db = inSchema(this.parts.db, tenant.schema)
    const since = new Date(this.parts.nowMs(tenant) - RECEIPTS_WITHIN_MS)
    for (const kind of new Set(this.parts.ways.map((way) => way.kind))) {
      const opened = await this.open(tenant, kind).catch((error: unknown) => {
        // It is not set up; or what is wrong is told, and holds up nothing else.
        if (!(error instanceof Refusal)) this.parts.onFault(error)
        return null
      })
      if (opened?.listen === undefined) continue
      const out = db.selectFrom('noticeSend').select('id').where('channel', '=', kind).where('state', '=', 'sent')
      const found = out.where('providerId', 'is not', null).where('sentAt', '>', since).limit(1)
      if ((await found.executeTakeFirst()) !== undefined) this.listen(tenant, kind, opened)
    }
  }

  /** What there is to do for a tenant: most of the time it is nothing, and this one statement says so. */
  private async waiting(tenant: Tenant): Promise<Waiting> {
    const table = (name: string) => sql.id(tenant.schema, name)
    const [now, real] = [new Date(this.parts.nowMs(tenant)), new Date(systemClock.nowMs())]
    const { rows } = await sql<Waiting>`
      select exists (select from ${table('notice')} where state = 'new') as "hasNew",
        exists (select from ${table('notice_send')} where state = 'sending') as "hasUnderWay",
        array(select channel from unnest(${NOTICE_CHANNELS}::text[]) as channel where exists (
          select from ${table('notice_send')} s where s.channel = channel.channel and s.state = 'waiting'
          and s.due_at <= ${now} and (s.retry_at is null or s.retry_at <= ${real}))) as channels`.execute(this.parts.db)
    return rows[0] as Waiting
  }

  /** @throws Refusal `conflict` where the channel is not set up */
  private async open(tenant: Tenant, channel: NoticeChannel): Promise<NotificationChannel | null> {
    if (channel === 'inbox') return null
    const db = inSchema(this.parts.db, tenant.schema)
    const ways = this.parts.ways.filter(({ kind }) => kind === channel)
    let last = new Refusal('conflict', `no channel of the kind ${channel} is built in`)
    // The first one that the tenant has set up.
    for (const way of ways)
      try {
        return await way.open(db, tenant.name, this.parts.settings)
      } catch (error) {
        if (!(error instanceof Refusal && error.code === 'conflict')) throw error
        last = error
      }
    throw last
  }

  private async sendAll(tenant: Tenant, channel: NoticeChannel, name: string, closing: AbortSignal): Promise<void> {
    const { db: root, publicUrl } = this.parts
    let opened: NotificationChannel | null
    try {
      opened = await this.open(tenant, channel)
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'conflict')) throw error
      return this.failAll(tenant, channel, error.message)
    }
    if (opened !== null) this.listen(tenant, channel, opened)
    const settings = await noticeTerms(inSchema(root, tenant.schema))
    // A test clock may be moved while a turn goes on: it is read once for each turn.
    const nowMs = await this.parts.timeOf(tenant)
    const context: SendContext = {
      ...{ root, tenant, channel, opened, settings, owner: this.owner, publicUrl: publicUrl() },
      ring: this.parts.secretKeyRing,
      nowMs: () => (tenant.clockMs === null ? systemClock.nowMs() : nowMs),
    }
    const isTrial = (this.rests.get(name)?.failures ?? 0) > 0
    const { isAway, hasAnswered } = await sendTurn(context, { lanes: isTrial ? 1 : LANES, isTrial, closing })
    if (isAway) this.rest(name)
    else if (hasAnswered) this.rests.delete(name)
  }

  private rest(name: string): void {
    const failures = (this.rests.get(name)?.failures ?? 0) + 1
    const pause = growingPauseMs(failures, FIRST_REST_MS, LONGEST_REST_MS)
    this.rests.set(name, { failures, untilMs: systemClock.nowMs() + pause })
  }

  /** The channel is not set up: what is due by it fails, and the next way begins. */
  private async failAll(tenant: Tenant, channel: NoticeChannel, said: string): Promise<void> {
    const nowMs = await this.parts.timeOf(tenant)
    await inTransaction(this.parts.db, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      const due = db.selectFrom('noticeSend').selectAll().where('channel', '=', channel).where('state', '=', 'waiting')
      const rows = await due
        .where('dueAt', '<=', new Date(nowMs))
        .limit(LEFT_AT_ONCE)
        .forUpdate()
        .skipLocked()
        .execute()
      for (const row of rows as unknown as NoticeSend[]) {
        const set = { state: 'failed', reason: 'not_set_up', said, endedAt: new Date(nowMs) } as const
        await db.updateTable('noticeSend').set(set).where('id', '=', row.id).execute()
        await tellFailed(db, row, 'not_set_up', nowMs)
        await goOn(db, row, { state: 'failed', atMs: nowMs })
      }
    })
  }

  /** Ends what processes had under way that are no more: it may have been sent. Where the channel takes a key once it is sent again, elsewhere it is `unknown`. */
  private async endLeft(tenant: Tenant): Promise<void> {
    const scoped = inSchema(this.parts.db, tenant.schema)
    const underWay = await scoped
      .selectFrom('noticeSend')
      .select(['id', 'owner', 'channel'])
      .where('state', '=', 'sending')
      .limit(1_000)
      .execute()
    if (underWay.length === 0) return
    const before = new Date(systemClock.nowMs() - LEFT_AFTER_MS)
    const attempts = scoped
      .selectFrom('noticeAttempt')
      .select('sendId')
      .where('endedAt', 'is', null)
      .where('beganAt', '<', before)
    const old = new Set((await attempts.limit(1_000).execute()).map(({ sendId }) => sendId))
    const isGone = (owner: string | null): boolean => owner === null || (owner !== this.owner && isOwnerGone(owner))
    const left = underWay.filter(({ id, owner }) => isGone(owner) || old.has(id)).slice(0, LEFT_AT_ONCE)
    for (const { id, channel } of left) {
      const mayAgain = await this.maySendAgain(tenant, channel as NoticeChannel)
      const nowMs = await this.parts.timeOf(tenant)
      await inTransaction(this.parts.db, async (trx) => {
        const db = inSchema(trx, tenant.schema)
        const query = db.selectFrom('noticeSend').selectAll().where('id', '=', id).where('state', '=', 'sending')
        const row = (await query.forUpdate().executeTakeFirst()) as NoticeSend | undefined
        if (row !== undefined) await endOne(db, row, mayAgain, nowMs)
      })
    }
  }

  private async maySendAgain(tenant: Tenant, channel: NoticeChannel): Promise<boolean> {
    if (channel === 'inbox') return true
    try {
      return (await this.open(tenant, channel))?.capabilities.dedupes ?? false
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
}

async function endOne(db: DatabaseTransaction, row: NoticeSend, mayAgain: boolean, nowMs: number): Promise<void> {
  const said = 'the process ended meanwhile'
  await endAttempt(db, row, row.attempts, { outcome: 'unknown', reason: null, said }, systemClock.nowMs())
  const set = mayAgain
    ? ({ state: 'waiting' } as const)
    : ({ state: 'unknown', reason: 'no_answer', sentAt: new Date(nowMs) } as const)
  await db
    .updateTable('noticeSend')
    .set({ ...set, said, owner: null })
    .where('id', '=', row.id)
    .execute()
  if (!mayAgain) await goOn(db, row, { state: 'unknown', atMs: nowMs })
}
