import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { newId, systemClock } from '../../platform/clock.ts'
import { type Database, inSchema, inTransaction, isUniqueViolation } from '../../platform/db.ts'
import { Gate } from '../../platform/gate.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { SCOPES, type Scope } from '../../platform/http/route.ts'
import { migrate, PLATFORM_SCHEMA } from '../../platform/migrations.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { holdMaker, revokeMade } from './key-descent.ts'

/** How long a looked-up key or tenant is believed: a revocation elsewhere takes effect after this. */
const CACHE_MS = 1_000
const MAX_CACHED = 10_000
/** Keys that are looked up at once, and that wait to be. */
const LOOK_UPS = { atOnce: 3, atOnceOfOwner: 2, waiting: 2_000, waitingOfOwner: 1_000 }
const API_KEY = /^kvit_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/
const DEFAULT_ACCEPTANCE_DAYS = 90

export interface KeyRow {
  readonly id: string
  readonly tenant: string | null
  readonly name: string
  readonly scopes: readonly Scope[]
  /** The key that it was made with; null is one of before makers were kept, or of the server itself. */
  readonly madeBy: string | null
  readonly createdAt: Date
  readonly revokedAt: Date | null
}

interface Cached<T> {
  readonly value: T
  readonly until: number
}

/** Tenants and API keys. Secrets are 256 random bits, shown once and kept as SHA-256. */
export class AccessService {
  private readonly db: Database
  private readonly rawDb: Database
  /** Whoever guesses keys takes a connection or two to the database, not all of them. */
  private readonly lookUps = new Gate('keys', LOOK_UPS)
  private readonly callers = new Map<string, Cached<Caller | null>>()
  /** Keys that nobody knows. */
  private readonly strangers = new Map<string, Cached<Caller | null>>()
  private readonly tenants = new Map<string, Cached<Tenant | null>>()

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
      await this.db.insertInto('tenant').values(row).execute()
    } catch (error) {
      if (isUniqueViolation(error)) throw new Refusal('already_exists', `there is a tenant ${name}`)
      throw error
    }
    this.tenants.delete(name)
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
    const query =
      Object.keys(set).length === 0
        ? this.db.selectFrom('tenant').selectAll().where('name', '=', name)
        : this.db.updateTable('tenant').set(set).where('name', '=', name).returningAll()
    const row = await query.executeTakeFirst()
    if (row === undefined) throw new Refusal('not_found', `no tenant ${name}`)
    this.tenants.delete(name)
    return toTenant(row as TenantRow)
  }

  /** A clock that goes back unnoticed makes the usage of a whole month one of the future. */
  private async assertForward(name: string, clock: string | null): Promise<void> {
    const row = await this.db.selectFrom('tenant').selectAll().where('name', '=', name).executeTakeFirst()
    if (row === undefined) throw new Refusal('not_found', `no tenant ${name}`)
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
    return cached(this.tenants, name, async () => {
      const row = await this.db.selectFrom('tenant').selectAll().where('name', '=', name).executeTakeFirst()
      return row === undefined ? null : toTenant(row as TenantRow)
    })
  }

  /**
   * @param maker whose key asks; null is the server itself, for a root key. What a key of a tenant makes is a key of the
   *   same person; what the owner of the machine makes is for somebody else.
   * @returns the key's text, which cannot be shown again.
   */
  async createKey(
    tenant: string | null,
    name: string,
    scopes: readonly Scope[],
    maker: Caller | null,
  ): Promise<{ id: string; key: string }> {
    const id = newId()
    const secret = randomBytes(32)
    const row = {
      id,
      tenant,
      name,
      secretSha256: sha256(secret),
      scopes: [...scopes],
      madeBy: maker?.id ?? null,
      person: maker === null || maker.tenantName === null ? null : maker.person,
      createdAt: new Date(systemClock.nowMs()),
    }
    await inTransaction(this.db, async (trx) => {
      if (maker !== null) await holdMaker(trx, maker.id)
      await trx.insertInto('apiKey').values(row).execute()
    })
    return { id, key: `kvit_${id.replaceAll('-', '')}_${secret.toString('base64url')}` }
  }

  async listKeys(tenant: string): Promise<KeyRow[]> {
    const columns = ['id', 'tenant', 'name', 'scopes', 'madeBy', 'createdAt', 'revokedAt'] as const
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
    const ended = await inTransaction(this.db, async (trx) => {
      const found = await trx
        .updateTable('apiKey')
        .set((set) => ({ revokedAt: set.fn.coalesce('revokedAt', set.val(revokedAt)) }))
        .where((where) =>
          isRoot ? where.or([where('tenant', '=', tenant), where('tenant', 'is', null)]) : where('tenant', '=', tenant),
        )
        .where('id', '=', id)
        .returning('id')
        .execute()
      return found.length === 0 || keepsMade ? found.map((row) => row['id'] as string) : revokeMade(trx, id, revokedAt)
    })
    if (ended.length === 0) throw new Refusal('not_found', `no key ${id}`)
    this.callers.clear()
    this.strangers.clear()
    return ended
  }

  async findCaller(key: string): Promise<Caller | null> {
    const [, idHex, secretText] = API_KEY.exec(key) ?? []
    if (idHex === undefined || secretText === undefined) return null
    const hash = sha256(Buffer.from(secretText, 'base64url'))
    const load = async (): Promise<Caller | null> => {
      const row = await this.db
        .selectFrom('apiKey')
        .selectAll()
        .where('id', '=', idHex)
        .where('revokedAt', 'is', null)
        .executeTakeFirst()
      if (row === undefined || !timingSafeEqual(hash, row['secretSha256'] as Buffer)) return null
      return toCaller(row)
    }
    const name = `${idHex}${hash.toString('hex')}`
    // Keys that were good a while ago and those that nobody knows take turns, and do not push each other out.
    const isKnown = this.callers.has(name)
    const look = async (): Promise<Caller | null> => this.lookUps.run(isKnown ? 'known' : 'unknown', load)
    const caller = await cached(isKnown ? this.callers : this.strangers, name, look)
    if (caller !== null && !isKnown) keep(this.callers, name, caller)
    if (caller === null) this.callers.delete(name)
    return caller
  }

  /** The key that opens everything, for the machine's owner; made once and kept by the caller. */
  async createRootKey(): Promise<string> {
    return (await this.createKey(null, 'root', SCOPES, null)).key
  }
}

/** Whoever has a root key is the owner of the machine, and may do whatever this version knows. */
function toCaller(row: Record<string, unknown>): Caller {
  const id = row['id'] as string
  if (row['tenant'] === null) return { id, person: 'owner', tenantName: null, scopes: SCOPES }
  const person = (row['person'] as string | null) ?? id
  return { id, person, tenantName: row['tenant'] as string, scopes: row['scopes'] as Scope[] }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

async function cached<T>(cache: Map<string, Cached<T>>, key: string, load: () => Promise<T>): Promise<T> {
  const nowMs = systemClock.nowMs()
  const known = cache.get(key)
  if (known !== undefined && known.until > nowMs) return known.value
  const value = await load()
  keep(cache, key, value, nowMs)
  return value
}

function keep<T>(cache: Map<string, Cached<T>>, key: string, value: T, nowMs = systemClock.nowMs()): void {
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(key, { value, until: nowMs + CACHE_MS })
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
