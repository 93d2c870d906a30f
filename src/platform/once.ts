import type { KeyedMutex } from './keyed-mutex.ts'
import { Refusal } from './problems.ts'
import type { ReadContext } from './tenant.ts'

/** Runs an operation once for its key: a repetition gets what was stored, if it asks the same. Those of one key take turns. */
export async function once<T>(
  { turns }: { readonly turns: KeyedMutex },
  { tenant }: Pick<ReadContext, 'tenant'>,
  name: string,
  find: () => Promise<T | undefined>,
  isSame: (stored: T) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  return turns.take(`once ${tenant.name}\n${name}`, async () => {
    const stored = await find()
    if (stored === undefined) {
      return work().catch(async (error: unknown) => {
        // A process that had the journal meanwhile may have stored it: then the key is there already, and nothing was done twice.
        const meanwhile = await find()
        if (meanwhile === undefined || !isSame(meanwhile)) throw error
        return meanwhile
      })
    }
    if (!isSame(stored)) throw new Refusal('idempotency_conflict', 'this key was used for something else')
    return stored
  })
}
