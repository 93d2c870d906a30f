import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { currentOrigin } from '../../platform/origin.ts'
import { keyRevoked } from '../access/index.ts'

const roles = z.array(z.string())

export const userInvited = eventType('user.invited', 'invitation', 'Somebody was invited to the tenant.', { roles })
export const invitationWithdrawn = eventType(
  'user.invitation_withdrawn',
  'invitation',
  'An invitation was taken back: it opens nothing any more.',
  {},
)
const userJoined = eventType('user.joined', 'user', 'An invitation was accepted: the user works in the tenant.', {
  roles,
  invitationId: z.uuid(),
})
export const userRolesChanged = eventType('user.roles_changed', 'user', 'A user has other roles in the tenant.', {
  roles,
})
export const userDisabled = eventType('user.disabled', 'user', 'A user is kept out of the tenant for a while.', {})
export const userEnabled = eventType(
  'user.enabled',
  'user',
  'A user who was kept out may work in the tenant again.',
  {},
)
export const userRemoved = eventType('user.removed', 'user', 'A user was taken out of the tenant.', {})
export const resetLinkMade = eventType(
  'user.password_reset_linked',
  'user',
  'A link was made by which a user sets a new password.',
  {},
)
export const secondFactorRemoved = eventType(
  'user.second_factor_removed',
  'user',
  'Who manages users removed the second factor of a user.',
  {},
)

const scopes = z.array(z.string())

export const roleCreated = eventType('role.created', 'role', 'A role of the tenant was made.', { scopes })
export const roleChanged = eventType('role.changed', 'role', 'A role of the tenant was changed.', { scopes })
export const roleRemoved = eventType('role.removed', 'role', 'A role of the tenant was removed.', {})

export const peopleEvents = [
  userInvited,
  invitationWithdrawn,
  userJoined,
  userRolesChanged,
  userDisabled,
  userEnabled,
  userRemoved,
  resetLinkMade,
  secondFactorRemoved,
  roleCreated,
  roleChanged,
  roleRemoved,
]

/** Keys that ended with what their user may do. */
export function keysEnded(ids: readonly string[]): NewEvent[] {
  return ids.map((objectId) => eventOf(keyRevoked, { objectId }, { revokedWith: null }))
}

/**
 * Tells in a tenant that an invitation was accepted. Whoever accepts is in no tenant yet, so the tenant is looked up.
 * @param db in the schema of the platform
 */
export async function tellOfJoining(
  db: Database,
  { id: invitationId, tenant, roles: given }: { id: string; tenant: string | null; roles: readonly string[] | null },
  userId: string,
): Promise<void> {
  const row = await db
    .selectFrom('tenant')
    .select(['schemaName', 'clock'])
    .where('name', '=', tenant)
    .executeTakeFirst()
  if (row === undefined) return
  const { schemaName, clock } = row as { schemaName: string; clock: Date | null }
  const joined = eventOf(userJoined, { objectId: userId }, { roles: [...(given ?? [])], invitationId })
  // Whoever asked had a link, and is this user from now on.
  const origin = currentOrigin()
  const told = { ...joined, origin: origin === null ? null : { ...origin, actor: userId } }
  await publish(inSchema(db, schemaName), [told], clock?.getTime() ?? systemClock.nowMs())
}
