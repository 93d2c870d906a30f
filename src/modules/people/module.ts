import type { Module, Parts } from '../module.ts'
import { peopleEvents } from './events.ts'
import { oidcRoutes } from './oidc-routes.ts'
import { ownRoutes } from './own-routes.ts'
import type { People } from './people.ts'
import { TOTP_SECRETS } from './totp-secrets.ts'
import { userRoutes } from './user-routes.ts'

export const peopleModule: Module<Parts & { readonly people: People }> = {
  name: 'people',
  events: peopleEvents,
  encrypted: [TOTP_SECRETS],
  start: ({ people }) => ({ routes: [...ownRoutes(people), ...oidcRoutes(people), ...userRoutes(people)] }),
}
