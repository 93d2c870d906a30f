import { timingSafeEqual } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction, isUniqueViolation } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { SCOPES, type Scope } from '../../platform/http/route.ts'
import { BriefMemory, Lookups } from '../../platform/lookups.ts'
import { migrate, PLATFORM_SCHEMA } from '../../platform/migrations.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { readSecret } from '../../platform/secret-codes.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { keyRevoked, keyRotated, tenantCreated, tenantUpdated } from './events.ts'
import { holdMaker, revokeMade } from './key-descent.ts'
import { KEY_PREFIX, newKeyRow, noteLastUse, rotatableKey, toCaller } from './key-terms.ts'
import { createdEvent, tellOfKeys, tellOfTenant } from './tell.ts'

const DEFAULT_ACCEPTANCE_DAYS = 90

export interface KeyRow {
  readonly id: string
  readonly tenant: string | null
  readonly name: string
  readonly scopes: readonly Scope[]
  /** The key that it was made with; null is one of before makers were kept, or of the server itself. */
  readonly madeBy: string | null
  /** The key that this one took the place of. */
  readonly replaces: string | null
  /** The user whose key it is. */
  readonly ownerUser: string | null
  readonly requestsPerSecond: number | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  /** As of ten minutes ago at the latest. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

/** What holds for a key beside its scopes. */
export interface KeyTerms {
  /** RFC 3339; never when absent. */
  readonly expiresAt?: string | undefined
  /** Requests a second, below what the installation allows each key. */
  readonly requestsPerSecond?: number | undefined
}

/** A key that was just made: its text is shown once. */
export interface NewKey {
  readonly id: string
  readonly key: string
}

/** Tenants and API keys. Secrets are 256 random bits, shown once and kept as SHA-256. */
export class AccessService {
  private readonly db: Database
  private readonly rawDb: Database
  private readonly callers = new Lookups<Caller>('keys')
  private readonly tenants = new BriefMemory<Tenant | null>()

  constructor(db: Database) {
    this.rawDb = db
    this.db = inSchema(db, PLATFORM_SCHEMA)
  }

  async createTenant(
    name: string,
    options: { acceptanceWindowDays?: number | undefined; clock?: string | null | undefined } = {},
  ): Promise<Tenant> {
    const schema = `t_${name.replaceAll('-', '_')}`
    const row = {
      name,
      schemaName: schema,
      createdAt: new Date(systemClock.nowMs()),
      clock: options.clock == null ? null : new Date(options.clock),
      acceptanceWindowDays: options.acceptanceWindowDays ?? DEFAULT_ACCEPTANCE_DAYS,
    }
    await migrate(this.rawDb, schema, 'tenant')
    try {
      await inTransaction(this.rawDb, async (trx) => {
        await inSchema(trx, PLATFORM_SCHEMA).insertInto('tenant').values(row).execute()
        await tellOfTenant(trx, tenantCreated, toTenant(row))
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw new Refusal('already_exists', `there is a tenant ${name}`)
      throw error
    }
    this.tenants.forget(name)
    return toTenant(row)
  }

  async updateTenant(
    name: string,
    changes: { clock?: string | null | undefined; back?: boolean; acceptanceWindowDays?: number | undefined },
  ): Promise<Tenant> {
    if (changes.clock !== undefined && changes.back !== true) await this.assertForward(name, changes.clock)
    const set = {
      ...(changes.clock === undefined ? {} : { clock: changes.clock === null ? null : new Date(changes.clock) }),
      ...(changes.acceptanceWindowDays === undefined ? {} : { acceptanceWindowDays: changes.acceptanceWindowDays }),
    }
    // Nothing to change is no statement of SQL.
    const isChanged = Object.keys(set).length > 0
    const row = await inTransaction(this.rawDb, async (trx) => {
      const db = inSchema(trx, PLATFORM_SCHEMA)
      const query = isChanged
        ? db.updateTable('tenant').set(set).where('name', '=', name).returningAll()
        : db.selectFrom('tenant').selectAll().where('name', '=', name)
      const found = (await query.executeTakeFirst()) as TenantRow | undefined
      if (found !== undefined && isChanged) await tellOfTenant(trx, tenantUpdated, toTenant(found))
      return found
    })
    if (row === undefined) throw notFound(`tenant ${name}`, '/v1/tenants', 'tenant list')
    this.tenants.forget(name)
    return toTenant(row)
  }

  /** A clock that goes back unnoticed makes the usage of a whole month one of the future. */
  private async assertForward(name: string, clock: string | null): Promise<void> {
    const row = await this.db.selectFrom('tenant').selectAll().where('name', '=', name).executeTakeFirst()
    if (row === undefined) throw notFound(`tenant ${name}`, '/v1/tenants', 'tenant list')
    const nowMs = toTenant(row as TenantRow).clockMs ?? systemClock.nowMs()
    const nextMs = clock === null ? systemClock.nowMs() : Date.parse(clock)
    if (nextMs >= nowMs) return
    const [from, to] = [nowMs, nextMs].map((ms) => new Date(ms).toISOString())
    throw new Refusal(
      'clock_goes_back',
      `the clock of ${name} stands at ${from}, and ${to} is before that: usage of later than ${to} will wait in suspense ` +
        `as from the future, and what was billed until ${from} stays billed; add --back if that is meant ("back": true by the API)`,
    )
  }

  async listTenants(): Promise<Tenant[]> {
    const rows = await this.db.selectFrom('tenant').selectAll().orderBy('name').execute()
    return rows.map((row) => toTenant(row as TenantRow))
  }

  async findTenant(name: string): Promise<Tenant | null> {
    return this.tenants.get(name, async () => {
      const row = await this.db.selectFrom('tenant').selectAll().where('name', '=', name).executeTakeFirst()
      return row === undefined ? null : toTenant(row as TenantRow)
    })
  }

  /**
   * @param maker who asks; null is the server itself, for a root key. What a key or user of a tenant makes is a key of the
   *   same person; what the owner of the machine makes is for somebody else.
   * @returns the key's text, which cannot be shown again.
   */
  async createKey(
    tenant: string | null,
    name: string,
    scopes: readonly Scope[],
    maker: Caller | null,
    { expiresAt, requestsPerSecond }: KeyTerms = {},
  ): Promise<NewKey> {
    const isOwner = maker === null || maker.tenantName === null
    const { row, text } = newKeyRow({
      tenant,
      name,
      scopes: [...scopes],
      madeBy: maker?.kind === 'key' ? maker.id : null,
      person: isOwner || maker.userId != null ? null : maker.person,
      ownerUser: isOwner ? null : (maker.userId ?? null),
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
      requestsPerSecond: requestsPerSecond ?? null,
    })
    await inTransaction(this.rawDb, async (raw) => {
      const trx = inSchema(raw, PLATFORM_SCHEMA)
      if (maker?.kind === 'key') await holdMaker(trx, maker.id)
      await trx.insertInto('apiKey').values(row).execute()
      await tellOfKeys(raw, tenant === null ? null : await this.findTenant(tenant), [createdEvent(row)])
    })
    return { id: row.id, key: text }
  }

  /**
   * Makes a key that takes the place of another: of the same person, with the same name, scopes and limits. The one before
   * continues for as long as the two may overlap, so that nobody is cut off while the new one is being put in place.
   * @param overlapMs how long; 0 ends the one before at once
   * @param expiresAt of the new one
   */
  async rotateKey(
    tenant: string,
    id: string,
    asker: Caller,
    overlapMs: number,
    expiresAt: string | undefined,
  ): Promise<NewKey & { oldExpiresAt: string }> {
    const nowMs = systemClock.nowMs()
    const made = await inTransaction(this.rawDb, async (raw) => {
      const trx = inSchema(raw, PLATFORM_SCHEMA)
      const old = await rotatableKey(trx, tenant, id, asker, nowMs)
      const { row, text } = newKeyRow({
        tenant,
        name: old.name,
        scopes: old.scopes,
        // It ends with the one before where that is revoked: whoever took that one may have made this one.
        madeBy: id,
        replaces: id,
        person: old.ownerUser === null ? (old.person ?? id) : null,
        ownerUser: old.ownerUser,
        requestsPerSecond: old.requestsPerSecond,
        expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
      })
      await trx.insertInto('apiKey').values(row).execute()
      const endsMs = Math.min(old.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY, nowMs + overlapMs)
      await trx
        .updateTable('apiKey')
        .set({ expiresAt: new Date(endsMs) })
        .where('id', '=', id)
        .execute()
      const oldExpiresAt = new Date(endsMs).toISOString()
      await tellOfKeys(raw, await this.findTenant(tenant), [
        createdEvent(row),
        eventOf(keyRotated, { objectId: id }, { replacedBy: row.id, oldExpiresAt }),
      ])
      return { id: row.id, key: text, oldExpiresAt }
    })
    this.forgetCallers()
    return made
  }

  async listKeys(tenant: string): Promise<KeyRow[]> {
    const columns = [
      ...(['id', 'tenant', 'name', 'scopes', 'madeBy', 'replaces', 'ownerUser', 'requestsPerSecond'] as const),
      ...(['createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt'] as const),
    ]
    return (await this.db
      .selectFrom('apiKey')
      .select(columns)
      .where('tenant', '=', tenant)
      .orderBy('id')
      .execute()) as KeyRow[]
  }

  /**
   * Revokes a key with all that descend from it: whoever took the key may have made others with it.
   * @param isRoot whether a root key asks, which may also revoke root keys.
   * @param keepsMade leaves the keys alone that it made, as when a root key is replaced that nobody else has seen.
   * @returns the keys that ended, this one first.
   */
  async revokeKey(tenant: string, id: string, isRoot: boolean, keepsMade: boolean): Promise<string[]> {
    const revokedAt = new Date(systemClock.nowMs())
    const ended = await inTransaction(this.rawDb, async (raw) => {
      const trx = inSchema(raw, PLATFORM_SCHEMA)
      const open = await trx
        .selectFrom('apiKey')
        .select('id')
        .where('tenant', '=', tenant)
        .where('revokedAt', 'is', null)
        .execute()
      const found = await trx
        .updateTable('apiKey')
        .set((set) => ({ revokedAt: set.fn.coalesce('revokedAt', set.val(revokedAt)) }))
        .where((where) =>
          isRoot ? where.or([where('tenant', '=', tenant), where('tenant', 'is', null)]) : where('tenant', '=', tenant),
        )
        .where('id', '=', id)
        .returning('id')
        .execute()
      const gone =
        found.length === 0 || keepsMade ? found.map((row) => row['id'] as string) : await revokeMade(trx, id, revokedAt)
      const wasOpen = new Set(open.map((row) => row['id'] as string))
      const fresh = gone.filter((one) => wasOpen.has(one))
      await tellOfKeys(
        raw,
        await this.findTenant(tenant),
        fresh.map((one) => eventOf(keyRevoked, { objectId: one }, { revokedWith: id })),
      )
      return gone
    })
    if (ended.length === 0) throw notFound(`key ${id}`, '/v1/keys', 'key list')
    this.forgetCallers()
    return ended
  }

  /** Whoever calls next is looked up again. */
  forgetCallers(): void {
    this.callers.clear()
  }

  async findCaller(key: string): Promise<Caller | null> {
    const secret = key.startsWith(KEY_PREFIX) ? readSecret(key.slice(KEY_PREFIX.length)) : null
    if (secret === null) return null
    const { id: idHex, sha256: hash } = secret
    const load = async (): Promise<Caller | null> => {
      const row = await this.db
        .selectFrom('apiKey')
        .leftJoin('appUser', 'appUser.id', 'apiKey.ownerUser')
        .selectAll('apiKey')
        .select('appUser.vouchedBy')
        .where('apiKey.id', '=', idHex)
        .where('revokedAt', 'is', null)
        .executeTakeFirst()
      if (row === undefined || !timingSafeEqual(hash, row['secretSha256'] as Buffer)) return null
      const nowMs = systemClock.nowMs()
      const expiresAt = row['expiresAt'] as Date | null
      if (expiresAt !== null && expiresAt.getTime() <= nowMs) return null
      await noteLastUse(this.db, row['id'] as string, row['lastUsedAt'] as Date | null, nowMs)
      return toCaller(row)
    }
    return this.callers.find(`${idHex}${hash.toString('hex')}`, load)
  }

  /** The key that opens everything, for the machine's owner; made once and kept by the caller. */
  async createRootKey(): Promise<string> {
    return (await this.createKey(null, 'root', SCOPES, null)).key
  }
}

interface TenantRow {
  readonly name: string
  readonly schemaName: string
  readonly clock: Date | null
  readonly acceptanceWindowDays: number
}

function toTenant(row: TenantRow): Tenant {
  const { name, schemaName, clock, acceptanceWindowDays } = row
  return { name, schema: schemaName, clockMs: clock?.getTime() ?? null, acceptanceWindowDays }
}
