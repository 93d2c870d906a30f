import type { Module, PersonalRows } from '../module.ts'
import { customerErased } from './events.ts'
import { personalReadRoutes, personalRoutes } from './routes.ts'

/** What all modules know of customers. */
export interface PersonalNeeds {
  readonly personal: readonly PersonalRows[]
}

export const personalDataModule: Module<PersonalNeeds, PersonalNeeds> = {
  name: 'personal-data',
  events: [customerErased],
  start: ({ personal }) => ({ routes: personalRoutes(personal) }),
  readingRoutes: ({ personal }) => personalReadRoutes(personal),
}
