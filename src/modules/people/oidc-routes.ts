import { z } from 'zod'
import { preparedRoute, type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { cookieOf, SIGN_IN_COOKIE, setCookie } from '../../platform/http/session-cookie.ts'
import { Refusal } from '../../platform/problems.ts'
import { type Oidc, userOfIdentity } from './oidc.ts'
import type { People } from './people.ts'

const tag = 'Own account'
/** A page of this server: neither another one, nor one that browsers take for another one. */
const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'a path of this server, such as /invoices')

/** Sign-in at an identity provider. */
export function oidcRoutes(people: People): Route[] {
  const { signIn, oidc } = people
  const provider = (): Oidc => {
    if (oidc === null) throw new Refusal('not_found', 'no identity provider is set: see KVIT_OIDC_ISSUER')
    return oidc
  }
  return [
    readRoute({
      url: '/v1/sign-in',
      auth: 'open',
      tag,
      summary: 'In which ways one can sign in',
      answer: z.strictObject({
        password: z.literal(true),
        oidc: z.string().nullable().describe('The identity provider, if there is one'),
      }),
      handle: async () => ({ password: true, oidc: oidc?.settings.issuer ?? null }),
    }),
    streamRoute({
      url: '/v1/oidc/sign-in',
      auth: 'open',
      tag,
      summary: 'Go to the identity provider to sign in there',
      status: 302,
      answer: z.strictObject({ location: z.string() }),
      query: z.object({ returnTo: ownPath.default('/').describe('Where the browser goes afterwards') }),
      handle: async (_context, { query: { returnTo } }, _request, reply) => {
        const { url, cookie, maxAgeSeconds } = await provider().begin(returnTo)
        void reply.header('location', url).header('set-cookie', setCookie(SIGN_IN_COOKIE, cookie, maxAgeSeconds))
        return { location: url }
      },
    }),
    preparedRoute({
      method: 'GET',
      url: '/v1/oidc/callback',
      auth: 'open',
      tag,
      summary: 'Where the identity provider sends browsers back to',
      status: 302,
      answer: z.strictObject({ location: z.string() }),
      query: z.looseObject({
        code: z.string().max(4_000).optional(),
        state: z.string().max(500).optional(),
        iss: z.string().max(500).optional(),
        session_state: z.string().max(500).optional(),
        scope: z.string().max(2_000).optional(),
        error: z.string().max(200).optional(),
        error_description: z.string().max(2_000).optional(),
        error_uri: z.string().max(2_000).optional(),
      }),
      prepare: async (_context, _input, request) =>
        provider().finish(cookieOf(request.headers, SIGN_IN_COOKIE), request),
      handle: async (context, { body: { identity, returnTo } }, request, reply) => {
        const user = await userOfIdentity(context.db, identity)
        context.afterCommit({ kind: 'forget callers' })
        await signIn.complete(context.db, { user, factor: null }, 'oidc', request, reply)
        void reply.header('set-cookie', setCookie(SIGN_IN_COOKIE, '', 0)).header('location', returnTo)
        return { location: returnTo }
      },
    }),
  ]
}
