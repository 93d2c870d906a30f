import { sql } from 'kysely'
import { type Database, isUniqueViolation } from '../../platform/db.ts'
import { SCOPES, type Scope } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'

/** A named set of scopes. */
export interface Role {
  readonly name: string
  readonly description: string
  readonly scopes: readonly Scope[]
  /** Whether every tenant has it; others are the tenant's own. */
  readonly isBuiltIn: boolean
}

const READING = SCOPES.filter((scope) => scope.endsWith(':read'))
/** Tenants are the machine owner's, and no role's. */
const ALL_OF_TENANT = SCOPES.filter((scope) => scope !== 'tenants:write')

/** Roles that every tenant has. */
const ROLES: readonly Role[] = [
  builtIn('owner', 'Everything in the tenant', ALL_OF_TENANT),
  builtIn('finance', 'Bills, payments, balances and the ledger; approves what others ask', [
    ...READING,
    'invoices:write',
    'invoices:approve',
    'payments:write',
    'dunning:write',
    'balances:write',
    'balances:approve',
    'blocks:write',
    'discounts:write',
    'vouchers:write',
    're-ratings:approve',
    'jobs:write',
    'books:write',
  ]),
  builtIn('support', 'Customers with their services; corrects usage; asks for adjustments, which others approve', [
    ...READING.filter((scope) => !['users:read', 'audit:read', 'ledger:read', 'settings:read'].includes(scope)),
    'customers:write',
    'usage:correct',
    'balances:write',
    'blocks:write',
  ]),
  builtIn('product', 'Plans, prices and discounts; asks for re-ratings', [
    'catalog:read',
    'catalog:write',
    'discounts:read',
    'discounts:write',
    'usage:read',
    're-ratings:write',
  ]),
  builtIn('read-only', 'Sees everything and changes nothing', READING),
  builtIn('cash-desk', 'Finds customers and what they owe, and takes payments', [
    'customers:read',
    'invoices:read',
    'payments:read',
    'payments:write',
    'balances:read',
  ]),
]

function builtIn(name: string, description: string, scopes: readonly Scope[]): Role {
  return { name, description, scopes: SCOPES.filter((scope) => scopes.includes(scope)), isBuiltIn: true }
}

/** All roles of a tenant. */
export async function listRoles(db: Database, tenant: string): Promise<Role[]> {
  const rows = await db.selectFrom('tenantRole').selectAll().where('tenant', '=', tenant).orderBy('name').execute()
  return [...ROLES, ...rows.map(toRole)]
}

function toRole(row: Record<string, unknown>): Role {
  const { name, description, scopes } = row as unknown as Role
  // A scope that a later version has dropped opens nothing.
  return { name, description, scopes: SCOPES.filter((scope) => scopes.includes(scope)), isBuiltIn: false }
}

/** What roles allow together. @throws Refusal that names those that there are not. */
export async function scopesOf(db: Database, tenant: string, names: readonly string[]): Promise<Scope[]> {
  const roles = await listRoles(db, tenant)
  const unknown = names.filter((name) => !roles.some((role) => role.name === name))
  if (unknown.length > 0)
    throw new Refusal(
      'invalid_request',
      `no role ${unknown.join(', ')}; there are ${roles.map(({ name }) => name).join(', ')}`,
      { errors: unknown.map((name) => ({ path: 'roles', message: `no role ${name}` })) },
    )
  return unionOf(roles.filter(({ name }) => names.includes(name)))
}

export function unionOf(roles: readonly Pick<Role, 'scopes'>[]): Scope[] {
  return SCOPES.filter((scope) => roles.some(({ scopes }) => scopes.includes(scope)))
}

export async function insertRole(
  db: Database,
  tenant: string,
  { name, description, scopes }: Omit<Role, 'isBuiltIn'>,
  nowMs: number,
): Promise<void> {
  if (ROLES.some((role) => role.name === name)) throw new Refusal('already_exists', `every tenant has a role ${name}`)
  const row = { tenant, name, description, scopes: [...scopes], createdAt: new Date(nowMs) }
  try {
    await db.insertInto('tenantRole').values(row).execute()
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal('already_exists', `there is a role ${name}`)
    throw error
  }
}

/** Changes a role of the tenant's own; whoever has it may do the other things from then on. */
export async function updateRole(
  db: Database,
  tenant: string,
  name: string,
  changes: { readonly description?: string | undefined; readonly scopes?: readonly Scope[] | undefined },
): Promise<Role> {
  const { description, scopes } = changes
  const set = {
    name,
    ...(description === undefined ? {} : { description }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
  }
  const query = db.updateTable('tenantRole').set(set).where('tenant', '=', tenant).where('name', '=', name)
  const row = await query.returningAll().executeTakeFirst()
  if (row === undefined) throw notOwn(name)
  return toRole(row)
}

export async function deleteRole(db: Database, tenant: string, name: string): Promise<void> {
  const members = await db
    .selectFrom('membership')
    .select('userId')
    .where('tenant', '=', tenant)
    .where(sql<boolean>`${name} = any(roles)`)
    .limit(1)
    .execute()
  if (members.length > 0) throw new Refusal('conflict', `users have the role ${name}: give them another one first`)
  const query = db.deleteFrom('tenantRole').where('tenant', '=', tenant).where('name', '=', name)
  if ((await query.returning('name').execute()).length === 0) throw notOwn(name)
}

function notOwn(name: string): Refusal {
  return ROLES.some((role) => role.name === name)
    ? new Refusal('conflict', `${name} is a role of all tenants, and stays as it is`)
    : notFound(`role ${name}`, '/v1/roles', 'role list')
}
