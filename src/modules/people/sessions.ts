import { timingSafeEqual } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Session } from '../../platform/http/authorize.ts'
import { keptText } from '../../platform/http/kept-text.ts'
import type { Scope } from '../../platform/http/route.ts'
import { Lookups } from '../../platform/lookups.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret, readSecret } from '../../platform/secret-codes.ts'
import { scopesOfMember } from './members.ts'

/** NIST SP 800-63B-4, AAL2: whoever was away for an hour, or signed in a day ago, signs in again. */
export const SESSION_MS = 24 * 3_600_000
const IDLE_MS = 3_600_000
/** The last use is written this often at most: reading would be writing otherwise. */
const SEEN_EVERY_MS = 60_000
/** Sessions of one user; the oldest one ends for a further one. */
const MAX_SESSIONS = 50

/** Where a session began. */
export interface Place {
  readonly ip: string
  readonly userAgent: string
}

export interface SessionRow {
  readonly id: string
  readonly secretSha256: Buffer
  readonly userId: string
  readonly way: 'password' | 'oidc'
  readonly ip: string
  readonly userAgent: string
  readonly createdAt: Date
  readonly seenAt: Date
}

/** Sessions of users: a secret of 256 bits in a cookie, kept as its SHA-256. */
export class Sessions {
  private readonly db: Database
  private readonly found = new Lookups<Session>('sessions')

  /** @param db in the schema of the platform */
  constructor(db: Database) {
    this.db = db
  }

  /** @returns its id, and the text for the cookie. */
  async open(
    trx: Database,
    userId: string,
    way: SessionRow['way'],
    place: Place,
  ): Promise<{ id: string; text: string }> {
    const { id, sha256, text } = newSecret()
    const now = new Date(systemClock.nowMs())
    const open = await this.list(userId, trx)
    const tooOld = open.slice(MAX_SESSIONS - 1).map((session) => session.id)
    if (tooOld.length > 0) await end(trx, userId, tooOld)
    const userAgent = keptText(place.userAgent)
    const row = { id, secretSha256: sha256, userId, way, ip: place.ip, userAgent, createdAt: now, seenAt: now }
    await trx.insertInto('userSession').values(row).execute()
    return { id, text }
  }

  /** @returns null where the session has ended, or never was. */
  async find(token: string): Promise<Session | null> {
    const secret = readSecret(token)
    if (secret === null) return null
    return this.found.find(`${secret.id}${secret.sha256.toString('hex')}`, async () =>
      this.load(secret.id, secret.sha256),
    )
  }

  private async load(id: string, sha256: Buffer): Promise<Session | null> {
    const row = await this.db
      .selectFrom('userSession')
      .innerJoin('appUser', 'appUser.id', 'userSession.userId')
      .selectAll('userSession')
      .select('appUser.vouchedBy')
      .where('userSession.id', '=', id)
      .where('endedAt', 'is', null)
      .executeTakeFirst()
    if (row === undefined) return null
    const session = row as unknown as SessionRow & { readonly vouchedBy: string | null }
    const nowMs = systemClock.nowMs()
    if (!timingSafeEqual(sha256, session.secretSha256) || isOver(session, nowMs)) return null
    if (nowMs - session.seenAt.getTime() >= SEEN_EVERY_MS)
      await this.db
        .updateTable('userSession')
        .set({ seenAt: new Date(nowMs) })
        .where('id', '=', session.id)
        .execute()
    const { userId, vouchedBy } = session
    const members = await this.db
      .selectFrom('membership')
      .select(['tenant', 'roles'])
      .where('userId', '=', userId)
      .where('disabledAt', 'is', null)
      .execute()
    const tenants = new Map<string, readonly Scope[]>()
    for (const { tenant, roles } of members as { tenant: string; roles: string[] }[])
      tenants.set(tenant, await scopesOfMember(this.db, tenant, roles))
    return { id: session.id, userId, person: vouchedBy ?? userId, tenants }
  }

  /** Open sessions, the last one that began first. */
  async list(userId: string, db: Database = this.db): Promise<SessionRow[]> {
    const rows = (await db
      .selectFrom('userSession')
      .selectAll()
      .where('userId', '=', userId)
      .where('endedAt', 'is', null)
      .orderBy('id', 'desc')
      .execute()) as SessionRow[]
    const nowMs = systemClock.nowMs()
    return rows.filter((row) => !isOver(row, nowMs))
  }

  /** Ends one session. */
  async end(trx: Database, userId: string, id: string): Promise<void> {
    const ended = await end(trx, userId, [id])
    if (ended === 0) throw new Refusal('not_found', `no session ${id}`)
  }

  /** Ends all sessions of a user. @param exceptId one that stays @returns how many ended. */
  async endAll(trx: Database, userId: string, exceptId: string | null): Promise<number> {
    const open = await this.list(userId, trx)
    return end(
      trx,
      userId,
      open.map(({ id }) => id).filter((id) => id !== exceptId),
    )
  }

  /** After a change was committed: whoever calls next is looked up again. */
  forget(): void {
    this.found.clear()
  }
}

async function end(trx: Database, userId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const ended = await trx
    .updateTable('userSession')
    .set({ endedAt: new Date(systemClock.nowMs()) })
    .where('userId', '=', userId)
    .where('id', 'in', ids)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute()
  return ended.length
}

/** When it ends if nothing is asked by it. */
export function endOf({ createdAt, seenAt }: Pick<SessionRow, 'createdAt' | 'seenAt'>): Date {
  return new Date(Math.min(createdAt.getTime() + SESSION_MS, seenAt.getTime() + IDLE_MS))
}

function isOver(row: SessionRow, nowMs: number): boolean {
  return endOf(row).getTime() <= nowMs
}
