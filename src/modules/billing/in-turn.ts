import { Pauses } from '../../platform/pauses.ts'

/** Works on accounts one after another, and lets others have their turn in between. */
export async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R> | R): Promise<R[]> {
  const [pauses, results] = [new Pauses(), [] as R[]]
  for (const one of all) {
    results.push(await work(one))
    await pauses.take()
  }
  return results
}
