import type { FastifyRequest } from 'fastify'
import { newId, systemClock } from '../clock.ts'
import { type Database, inSchema } from '../db.ts'
import { insertRows, type NewRows } from '../insert-rows.ts'
import type { Tenant } from '../tenant.ts'
import { Together } from '../together.ts'
import { type Caller, PLATFORM } from './authorize.ts'
import { keptText } from './kept-text.ts'
import type { Route } from './route.ts'

const HOUR_MS = 3_600_000
/** Rows that are written together; the others wait for the next time. */
const MAX_TOGETHER = 500
/** Uses that are remembered, so that each hour has one row for each; beyond that some have another row. */
const MAX_USES = 20_000

/** Who asks for what, and from where. */
export interface Asking {
  readonly requestId: string
  readonly caller: Caller
  readonly ip: string
  readonly userAgent: string
  /** What the address names, such as the key of an account. */
  readonly params: unknown
  /** Names of what the body had. */
  readonly fields: readonly string[]
}

export type Outcome = 'done' | 'begun' | 'refused'

export function askingOf(request: FastifyRequest): Asking {
  const { id, caller, ip, params, sentFields: fields = [] } = request
  return { requestId: id, caller, ip, userAgent: request.headers['user-agent'] ?? '', params, fields }
}

/** Whether requests to a route write something. */
export function isWrite({ kind, method, aside }: Route): boolean {
  // Sign-in at an identity provider comes back by a GET.
  return kind === 'write' || (kind === 'stream' && method !== 'GET' && aside === undefined)
}

/** The log of who did what: rows of the table `audit_entry` of each tenant, which the journal vouches for. */
export class AuditLog {
  private readonly findTenant: (name: string) => Promise<Tenant | null>
  private readonly onWritten: (tenant: Tenant) => void
  /** By key and address, the hour that has its row. */
  private readonly uses = new Map<string, number>()
  private readonly alone: Together<object, undefined>

  /** @param onWritten is called with tenants whose log has something new */
  constructor(db: Database, findTenant: (name: string) => Promise<Tenant | null>, onWritten: (tenant: Tenant) => void) {
    this.findTenant = findTenant
    this.onWritten = onWritten
    this.alone = new Together(MAX_TOGETHER, async (schema, rows) => {
      await insertRows(inSchema(db, schema), rowsOf(rows))
      return rows.map(() => () => undefined)
    })
  }

  /**
   * Writes that something was done, where it was done: in the transaction of the write.
   * @param result what the route answers; it names what was made
   * @returns the tenants whose logs have it, to be announced after the commit
   */
  async write(
    trx: Database,
    tenant: Tenant,
    route: Route,
    asking: Asking,
    outcome: Outcome,
    result: unknown = null,
    problem: string | null = null,
  ): Promise<Tenant[]> {
    const tenants = await this.tenantsOf(tenant, route, asking, result)
    for (const { schema } of tenants)
      await insertRows(inSchema(trx, schema), rowsOf([rowOf(route, asking, outcome, result, problem)]))
    return tenants
  }

  /** The row that says that something was done in a tenant, for whoever writes it in the commit of that, and announces it. */
  rowsOfDone(route: Route, asking: Asking, result: unknown): NewRows {
    return rowsOf([rowOf(route, asking, 'done', result, null)])
  }

  announce(tenants: readonly Tenant[]): void {
    for (const tenant of tenants) this.onWritten(tenant)
  }

  /** The same, in a transaction of its own. */
  async writeAlone(
    tenant: Tenant,
    route: Route,
    asking: Asking,
    outcome: Outcome,
    result: unknown = null,
    problem: string | null = null,
  ): Promise<void> {
    const tenants = await this.tenantsOf(tenant, route, asking, result)
    const row = (): object => rowOf(route, asking, outcome, result, problem)
    await Promise.all(tenants.map(async ({ schema }) => this.alone.ask(schema, row())))
    this.announce(tenants)
  }

  /** Of what comes by the thousand: a row for the first of an hour. @returns null where there is one already. */
  noteHourly(tenant: Tenant, route: Route, asking: () => Asking, caller: Caller, ip: string): Promise<void> | null {
    const hour = Math.floor(systemClock.nowMs() / HOUR_MS)
    const name = `${tenant.name} ${caller.id} ${ip}`
    if (this.uses.get(name) === hour) return null
    if (this.uses.size >= MAX_USES) this.uses.clear()
    this.uses.set(name, hour)
    return this.writeAlone(tenant, route, asking(), 'begun').catch((error: unknown) => {
      this.uses.delete(name)
      throw error
    })
  }

  /** Whose logs have it: the tenant's, those of tenants that are made or changed, or of all where a user works. */
  private async tenantsOf(tenant: Tenant, { scope }: Route, asking: Asking, result: unknown): Promise<Tenant[]> {
    if (tenant !== PLATFORM) return [tenant]
    const { name = '', tenants = [name] } = { ...(result as object), ...(asking.params as object) } as {
      name?: string
      tenants?: readonly string[]
    }
    const names = scope === 'tenants:write' ? tenants : (asking.caller.tenants ?? [])
    const found = await Promise.all(names.map(async (one) => this.findTenant(one)))
    return found.filter((one) => one !== null)
  }
}

const COLUMNS = {
  id: 'uuid',
  at: 'timestamptz',
  requestId: 'uuid',
  outcome: 'text',
  actorKind: 'text',
  actorId: 'uuid',
  person: 'text',
  route: 'text',
  object: 'text',
  fields: 'text[]',
  problem: 'text',
  ip: 'text',
  userAgent: 'text',
} as const

function rowsOf(rows: readonly object[]): NewRows {
  return { table: 'auditEntry', columns: COLUMNS, rows }
}

function rowOf(route: Route, asking: Asking, outcome: Outcome, result: unknown, problem: string | null): object {
  const { requestId, caller, ip, userAgent, params, fields } = asking
  return {
    id: newId(),
    at: new Date(systemClock.nowMs()),
    requestId,
    outcome,
    actorKind: caller.kind,
    actorId: caller.kind === 'nobody' || caller.kind === 'signature' ? null : caller.id,
    person: caller.person,
    route: `${route.method} ${route.url}`,
    // The address of a page has the secret of its link.
    object: route.auth === 'link' ? null : objectOf(route, params, result),
    fields,
    problem,
    ip,
    userAgent: keptText(userAgent),
  }
}

/**
 * What an address or an answer calls the thing that was changed or made. Of an answer with a secret, or about somebody's own
 * account, it is the id alone.
 */
function objectOf({ hasSecret, scope }: Route, params: unknown, result: unknown): string | null {
  const named = Object.values((params ?? {}) as object)
  if (named.length > 0) return keptText(named.join('/'))
  const { key, id, name, number } = (result ?? {}) as Record<string, unknown>
  const known = (hasSecret === true || scope === undefined ? [id] : [key, id, name, number]).find(
    (one) => typeof one === 'string',
  )
  return known === undefined ? null : keptText(known as string)
}
