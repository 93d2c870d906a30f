import { z } from 'zod'
import type { Caller } from './http/authorize.ts'
import { Refusal } from './problems.ts'

/** Who asks or decides, where two people have to agree: the key, and the person whose keys it is one of. */
export type Person = Pick<Caller, 'id' | 'person'>

/** What was requested, and by whom; rows from before there were users have the key alone. */
interface Asked {
  readonly requestedBy: string
  readonly requestedByPerson: string | null
}

/**
 * Whether the one who decides is the one who asked. Four eyes are two people, not two keys: somebody who may make keys
 * would approve with a second one what was asked with the first.
 */
export function isSamePerson(asked: Asked, decider: Person): boolean {
  return asked.requestedBy === decider.id || (asked.requestedByPerson ?? asked.requestedBy) === decider.person
}

/** @throws Refusal `forbidden` where the one who decides is the one who asked */
export function assertAnotherPerson(asked: Asked, decider: Person): void {
  if (isSamePerson(asked, decider))
    throw new Refusal(
      'forbidden',
      'another person than the one who asked must decide: keys that were made with one another are one person',
    )
}

/** Who asked, as answers say it. */
export const askedBy = {
  requestedBy: z.string().describe('The key that asked'),
  requestedByPerson: z
    .string()
    .nullable()
    .describe('Whose key that is; null in what was asked before people were told apart'),
}
