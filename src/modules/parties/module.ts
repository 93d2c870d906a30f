import type { Module, Parts } from '../module.ts'
import { partyEvents } from './events.ts'
import type { ThingKind } from './kind.ts'
import { personalRows } from './personal.ts'
import { partyRoutes } from './routes.ts'

export interface PartyNeeds {
  /** What callers make, list, read and change alike, of all modules; in the order in which the row of a file makes them. */
  readonly kinds: readonly ThingKind[]
}

export const partiesModule: Module<Parts & PartyNeeds> = {
  name: 'parties',
  personal: personalRows,
  events: partyEvents,
  start: ({ engine, kinds }) => ({ routes: partyRoutes(engine, kinds) }),
}
