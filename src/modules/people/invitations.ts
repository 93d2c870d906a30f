import { sql } from 'kysely'
import { newId, systemClock } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { PLATFORM_SCHEMA } from '../../platform/migrations.ts'
import { Refusal } from '../../platform/problems.ts'
import { tellOfJoining } from './events.ts'
import { type LinkRow, listInvitations, MAX_INVITATIONS, makeLink, type NewLink, useLink } from './links.ts'
import { assertWithin, findUser, type MemberRow, scopesOfMember, tenantsOfUser, type UserRow } from './members.ts'
import { scopesOf } from './roles.ts'

/** Invites somebody to a tenant, whether they have an account or not. */
export async function invite(
  trx: Database,
  tenant: string,
  { email, roles }: { readonly email: string; readonly roles: readonly string[] },
  inviter: Caller,
): Promise<NewLink> {
  const db = inSchema(trx, PLATFORM_SCHEMA)
  assertWithin(inviter, await scopesOf(db, tenant, roles), 'the invitation')
  const known = await db
    .selectFrom('membership')
    .innerJoin('appUser', 'appUser.id', 'membership.userId')
    .select('userId')
    .where('tenant', '=', tenant)
    .where('email', '=', email)
    .executeTakeFirst()
  if (known !== undefined) throw new Refusal('already_exists', `${email} works in this tenant already`)
  if ((await listInvitations(db, { tenant })).length >= MAX_INVITATIONS)
    throw new Refusal('conflict', `there are ${MAX_INVITATIONS} open invitations already`)
  return makeLink(db, { kind: 'invitation', email, userId: null, tenant, roles }, inviter)
}

/** What an invitation makes of somebody who has no account yet. */
export interface NewUser {
  readonly name: string
  readonly passwordHash: string | null
}

/**
 * Accepts an invitation: the account is made unless there is one, and works in the tenant from then on.
 * @param newUser of an account that is to be made; null for one that there is
 * @param isProven whether somebody else than the holder of the link said whose the address is, such as an identity provider
 */
export async function accept(
  trx: Database,
  invitationId: string,
  newUser: NewUser | null,
  isProven: boolean,
): Promise<UserRow> {
  const link = await useLink(trx, invitationId)
  const known = await findUser(trx, { email: link.email })
  if (known === null && newUser === null) throw new Refusal('conflict', 'this account is gone')
  const user = known ?? (await insertUser(trx, link, newUser as NewUser, isProven))
  const now = new Date(systemClock.nowMs())
  const fresh = await trx
    .insertInto('membership')
    .values({
      userId: user.id,
      tenant: link.tenant as string,
      roles: [...(link.roles ?? [])],
      invitedBy: link.madeBy,
      createdAt: now,
    })
    .onConflict((on) => on.columns(['userId', 'tenant']).doNothing())
    .returning('userId')
    .execute()
  if (fresh.length > 0) await tellOfJoining(trx, link, user.id)
  return user
}

async function insertUser(trx: Database, link: LinkRow, newUser: NewUser, isProven: boolean): Promise<UserRow> {
  const row = {
    id: newId(),
    email: link.email,
    ...newUser,
    vouchedBy: isProven ? null : link.heldBy,
    createdAt: new Date(systemClock.nowMs()),
  }
  return (await trx.insertInto('appUser').values(row).returningAll().executeTakeFirstOrThrow()) as UserRow
}

/**
 * Makes a link by which a user sets a new password, for whoever may do all that this user may: with the link, one could.
 * So a user who works in other tenants, too, gets one from the owner of the machine alone.
 */
export async function resetPassword(trx: Database, member: MemberRow, asker: Caller): Promise<NewLink> {
  const db = inSchema(trx, PLATFORM_SCHEMA)
  await assertMayTakeOver(db, member, asker)
  await db.updateTable('appUser').set({ resetRequestedAt: null }).where('id', '=', member.id).execute()
  const { id: userId, email } = member
  return makeLink(db, { kind: 'password_reset', email, userId, tenant: null, roles: null }, asker)
}

export async function assertMayTakeOver(db: Database, member: MemberRow, asker: Caller): Promise<void> {
  if (asker.tenantName === null) return
  assertWithin(asker, await scopesOfMember(db, member.tenant, member.roles), 'this account')
  const others = await db
    .selectFrom('membership')
    .select('tenant')
    .where('userId', '=', member.id)
    .where('tenant', '<>', member.tenant)
    .limit(1)
    .execute()
  if (others.length > 0)
    throw new Refusal('forbidden', 'this user works in other tenants, too: the owner of the machine may do this')
}

/** Changes what a user may do in a tenant. Keys of the user that may do more than that end, unless they are to be kept. */
export async function changeMember(
  trx: Database,
  member: MemberRow,
  { roles, disabled, keepKeys }: { roles?: string[] | undefined; disabled?: boolean | undefined; keepKeys: boolean },
  asker: Caller,
): Promise<{ roles: string[]; disabledAt: Date | null; endedKeys: string[] }> {
  const db = inSchema(trx, PLATFORM_SCHEMA)
  const { id, tenant } = member
  assertWithin(asker, await scopesOfMember(db, tenant, member.roles), 'this account')
  const scopes = roles === undefined ? null : await scopesOf(db, tenant, roles)
  if (scopes !== null) assertWithin(asker, scopes, 'the role')
  const now = new Date(systemClock.nowMs())
  const disabledAt = disabled === undefined ? member.disabledAt : disabled ? (member.disabledAt ?? now) : null
  const set = { disabledAt, roles: [...(roles ?? member.roles)] }
  await db.updateTable('membership').set(set).where('userId', '=', id).where('tenant', '=', tenant).execute()
  const left = disabledAt !== null ? [] : (scopes ?? (await scopesOfMember(db, tenant, member.roles)))
  return { ...set, endedKeys: keepKeys ? [] : await endKeysBeyond(db, id, tenant, left) }
}

/** Takes a user out of a tenant. The account stays: it may work in others. */
export async function removeMember(
  trx: Database,
  member: MemberRow,
  keepKeys: boolean,
  asker: Caller,
): Promise<string[]> {
  const db = inSchema(trx, PLATFORM_SCHEMA)
  const { id, tenant } = member
  assertWithin(asker, await scopesOfMember(db, tenant, member.roles), 'this account')
  await db.deleteFrom('membership').where('userId', '=', id).where('tenant', '=', tenant).execute()
  return keepKeys ? [] : endKeysBeyond(db, id, tenant, [])
}

/** Ends the keys of a user in a tenant that have a scope beyond some. */
async function endKeysBeyond(
  db: Database,
  userId: string,
  tenant: string,
  scopes: readonly string[],
): Promise<string[]> {
  const rows = await db
    .updateTable('apiKey')
    .set({ revokedAt: new Date(systemClock.nowMs()) })
    .where('ownerUser', '=', userId)
    .where('tenant', '=', tenant)
    .where('revokedAt', 'is', null)
    .where(sql<boolean>`not (scopes <@ ${[...scopes]}::text[])`)
    .returning('id')
    .execute()
  return rows.map((row) => row['id'] as string)
}

/** What a user sees of the own account, and of tenants where it works. */
export async function accountView(db: Database, user: UserRow): Promise<object> {
  return {
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      hasPassword: user.passwordHash !== null,
      secondFactor: user.totpSince !== null,
    },
    tenants: await tenantsOfUser(db, user.id),
  }
}
