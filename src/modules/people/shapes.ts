import { z } from 'zod'
import { SCOPES } from '../../platform/http/route.ts'

/** An address as it is kept: in lower case. */
export const email = z.email().max(254).toLowerCase().describe('An e-mail address, in any case')
/** What is typed; how a new one must be is said when it is set. */
export const password = z.string().min(1).max(1024)
export const newPassword = z
  .string()
  .max(1024)
  .describe('12 characters or more, and none of those that are guessed first')
export const personName = z.string().trim().min(1).max(200)
export const roleName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40')
export const roleNames = z.array(roleName).min(1).max(20)

/** Tenants are the machine owner's. */
export const grantable = z.enum(SCOPES).exclude(['tenants:write'])

/** What shows who somebody is, beside the address. */
export const proof = {
  password,
  code: z.string().min(6).max(10).optional().describe('Of the authenticator, where the account has one'),
  recoveryCode: z.string().min(16).max(40).optional().describe('In place of a code; each opens once'),
}

const place = {
  ip: z.string(),
  userAgent: z.string(),
  createdAt: z.iso.datetime(),
  seenAt: z.iso.datetime().describe('As of a minute ago at the latest'),
  endsAt: z.iso.datetime().describe('If nothing is asked by it before; a day after its beginning at the latest'),
}
export const sessionShape = z
  .strictObject({
    id: z.uuid(),
    way: z.enum(['password', 'oidc']).describe('How it began'),
    isThis: z.boolean().describe('Whether the request came by it'),
    ...place,
  })
  .meta({ id: 'Session' })

const accountParts = {
  user: z.strictObject({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    hasPassword: z.boolean(),
    secondFactor: z.boolean(),
  }),
  tenants: z.array(z.strictObject({ name: z.string(), roles: z.array(z.string()), scopes: z.array(z.enum(SCOPES)) })),
}
export const accountShape = z.strictObject({ ...accountParts, sessionId: z.uuid() }).meta({ id: 'OwnAccount' })

export const userShape = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    status: z.enum(['active', 'disabled']),
    secondFactor: z.boolean(),
    person: z.string().describe('Who that is where two people have to agree: other users may be the same person'),
    invitedBy: z.string().describe('The key or user'),
    joinedAt: z.iso.datetime(),
    disabledAt: z.iso.datetime().nullable(),
    resetRequestedAt: z.iso.datetime().nullable().describe('Has asked for a new password, and got none yet'),
  })
  .meta({ id: 'User' })

export const linkShape = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    link: z.url().describe('To be handed to the one who is meant; whoever has it may use it. Shown once'),
    token: z.string().describe('What the link ends with: `Authorization: Link <token>`'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'UserLink' })

export const invitationShape = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    roles: z.array(z.string()),
    madeBy: z.string().describe('The key or user'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' })

export const roleShape = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    isBuiltIn: z.boolean().describe('Every tenant has it, and nobody changes it'),
  })
  .meta({ id: 'Role' })
