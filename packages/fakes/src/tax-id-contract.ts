import assert from 'node:assert/strict'
import type { TaxIdRegister } from '../../../src/modules/tax-ids/ports.ts'

/** A register of a test, and tax ids whose answer is known. */
export interface RegisterUnderTest {
  readonly register: TaxIdRegister
  readonly given: string
  readonly unknown: string
  readonly asker: string
  /** From now on the office behind it is away. */
  readonly breakIt: () => void
}

const WAITING = new AbortController().signal

/** What every adapter of `TaxIdRegister` holds: a rule, and what throws where an adapter breaks it. */
export const TAX_ID_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<RegisterUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'a tax id that was given is valid, another is not, and who says who asks gets a number as proof',
    check: async (make) => {
      const { register, given, unknown, asker } = await make()
      const yes = await register.ask({ taxId: given, askedFor: asker }, WAITING)
      const no = await register.ask({ taxId: unknown, askedFor: asker }, WAITING)
      assert.deepEqual([yes.verdict, no.verdict], ['valid', 'invalid'])
      assert.ok(yes.verdict === 'valid' && yes.consultation !== null && yes.consultation !== '')
    },
  },
  {
    rule: 'who does not say who asks gets an answer, and no number',
    check: async (make) => {
      const { register, given } = await make()
      const answer = await register.ask({ taxId: given, askedFor: null }, WAITING)
      assert.ok(answer.verdict === 'valid' && answer.consultation === null)
    },
  },
  {
    rule: 'an office that is away is no answer, which is never taken for a yes or a no',
    check: async (make) => {
      const { register, given, unknown, breakIt } = await make()
      breakIt()
      for (const taxId of [given, unknown]) {
        const answer = await register.ask({ taxId, askedFor: null }, WAITING)
        assert.ok(answer.verdict === 'no_answer' && answer.reason !== '')
      }
    },
  },
  {
    rule: 'what nobody waits for any longer is no answer, not thrown',
    check: async (make) => {
      const { register, given } = await make()
      const answer = await register.ask({ taxId: given, askedFor: null }, AbortSignal.abort())
      assert.equal(answer.verdict, 'no_answer')
    },
  },
]
