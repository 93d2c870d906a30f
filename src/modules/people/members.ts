import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { type ListPage, type ListQuery, type ListRows, listPage, withText } from '../../platform/http/list-page.ts'
import type { Scope } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { listRoles, unionOf } from './roles.ts'

export interface UserRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly passwordHash: string | null
  readonly vouchedBy: string | null
  /** Encrypted with the key `totpKey`. */
  readonly totpSecret: Buffer | null
  readonly totpKey: string | null
  readonly totpSince: Date | null
  readonly totpStep: bigint
  readonly resetRequestedAt: Date | null
  /** The user has changed to this address, and nobody has proven it. */
  readonly isEmailClaimed: boolean
  readonly createdAt: Date
}

export interface MemberRow extends UserRow {
  readonly tenant: string
  readonly roles: readonly string[]
  readonly invitedBy: string
  readonly joinedAt: Date
  readonly disabledAt: Date | null
}

/** What a user may do in a tenant; roles that were taken away since allow nothing. */
export async function scopesOfMember(db: Database, tenant: string, roles: readonly string[]): Promise<Scope[]> {
  return unionOf((await listRoles(db, tenant)).filter(({ name }) => roles.includes(name)))
}

export async function findUser(db: Database, by: { id: string } | { email: string }): Promise<UserRow | null> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['email', by.email] as const)
  const row = await db.selectFrom('appUser').selectAll().where(column, '=', value).executeTakeFirst()
  return (row as unknown as UserRow | undefined) ?? null
}

export async function getUser(db: Database, id: string): Promise<UserRow> {
  const user = await findUser(db, { id })
  if (user === null) throw notFound(`user ${id}`, '/v1/users', 'user list')
  return user
}

/** What the list of users is narrowed to, besides what every list can be asked. */
export interface MemberQuery extends ListQuery {
  readonly status?: 'active' | 'disabled' | undefined
  readonly role?: string | undefined
}

/** A page of the users of a tenant; made is when somebody joined it. */
export async function listMemberPage(
  db: Database,
  tenant: string,
  { status, role, ...query }: MemberQuery,
): Promise<ListPage<MemberRow>> {
  return listPage(db, query, {
    table: 'appUser',
    madeAt: 'joinedAt',
    narrow: (rows) => ofTenant(rows, tenant),
    keep: (rows) => {
      let kept = withText(rows, query.text, ['row.email', 'row.name'])
      if (status !== undefined) kept = kept.where('row.disabledAt', status === 'active' ? 'is' : 'is not', null)
      return role === undefined ? kept : kept.where(sql<boolean>`${role} = any(${sql.ref('row.roles')})`)
    },
  })
}

/** @param reference id or e-mail address @throws Refusal where the tenant has no such user, whoever else has. */
export async function getMember(db: Database, tenant: string, reference: string): Promise<MemberRow> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(reference)
  const value = isId ? reference : reference.toLowerCase()
  const row = await members(db, tenant)
    .where(isId ? 'appUser.id' : 'email', '=', value)
    .executeTakeFirst()
  if (row === undefined) throw notFound(`user ${reference} in this tenant`, '/v1/users', 'user list')
  return row as unknown as MemberRow
}

function members(db: Database, tenant: string): ListRows {
  return ofTenant(db.selectFrom('appUser'), tenant).selectAll('appUser')
}

/** Users with what they are in a tenant. */
function ofTenant(rows: ListRows, tenant: string): ListRows {
  return rows
    .innerJoin('membership', 'membership.userId', 'appUser.id')
    .select(['tenant', 'roles', 'invitedBy', 'membership.createdAt as joinedAt', 'disabledAt'])
    .where('tenant', '=', tenant)
}

/** Tenants of a user with what the user may do there, by name. */
export async function tenantsOfUser(
  db: Database,
  userId: string,
): Promise<{ name: string; roles: string[]; scopes: Scope[] }[]> {
  const rows = (await db
    .selectFrom('membership')
    .select(['tenant', 'roles'])
    .where('userId', '=', userId)
    .where('disabledAt', 'is', null)
    .orderBy('tenant')
    .execute()) as { tenant: string; roles: string[] }[]
  return Promise.all(
    rows.map(async ({ tenant, roles }) => ({
      name: tenant,
      roles,
      scopes: await scopesOfMember(db, tenant, roles),
    })),
  )
}

/** Nobody gives, takes or takes over what they may not do themselves. */
export function assertWithin(caller: Caller, scopes: readonly Scope[], what: string): void {
  const beyond = scopes.filter((scope) => !caller.scopes.includes(scope))
  if (beyond.length > 0) throw new Refusal('forbidden', `${what} allows what you may not do: ${beyond.join(', ')}`)
}
