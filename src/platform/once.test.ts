import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyedMutex } from './keyed-mutex.ts'
import { once } from './once.ts'
import { Refusal } from './problems.ts'
import type { ReadContext } from './tenant.ts'

interface Stored {
  readonly amount: string
}

const CONTEXT = { tenant: { name: 'once' } } as ReadContext
const REFUSED = new Refusal('unprocessable', 'it cannot be stored: the key is there')

/** What stands under the key before the work and after it, whether the work is refused, and what the caller is told. */
const CASES: readonly (readonly [
  title: string,
  before: string | null,
  after: string | null,
  isRefused: boolean,
  told: string,
])[] = [
  ['it is new', null, null, false, 'made 5'],
  ['it was done before', '5', '5', false, 'stored 5'],
  ['the key was used for something else', '7', '7', false, 'idempotency_conflict'],
  ['another process did it meanwhile', null, '5', true, 'stored 5'],
  ['another process used the key for something else meanwhile', null, '7', true, 'unprocessable'],
  ['it is refused for a reason of its own', null, null, true, 'unprocessable'],
]

for (const [title, before, after, isRefused, told] of CASES) {
  test(`an operation has one effect for its key: ${title}`, async () => {
    let hasWorked = false
    const find = async (): Promise<Stored | undefined> => {
      const amount = hasWorked ? after : before
      return amount === null ? undefined : { amount: `stored ${amount}` }
    }
    const work = async (): Promise<Stored> => {
      hasWorked = true
      if (isRefused) throw REFUSED
      return { amount: 'made 5' }
    }
    const isSame = ({ amount }: Stored): boolean => amount === 'stored 5'
    const answer = await once({ turns: new KeyedMutex() }, CONTEXT, title, find, isSame, work).catch(
      (error: unknown) => error,
    )
    assert.equal(answer instanceof Refusal ? answer.code : (answer as Stored).amount, told)
  })
}
