import assert from 'node:assert/strict'
import type { EngineQuestion, TaxEngine } from '../../../src/modules/tax-engine/ports.ts'

/** An engine of a test. */
export interface EngineUnderTest {
  readonly engine: TaxEngine
  /** A supply with 6.25 % of one place and 2 % of another. */
  readonly taxed: EngineQuestion
  /** One without tax. */
  readonly exempt: EngineQuestion
  readonly breakIt: (how: 'refuses' | 'away' | 'silent' | 'strange') => void
}

const AS = { account: 'account', secret: 'a license key', company: 'DEFAULT' }
const WAITING = new AbortController().signal

/** What every adapter of `TaxEngine` holds: a rule, and what throws where an adapter breaks it. */
export const TAX_ENGINE_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<EngineUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'rates are digits as the engine has written them, each of its place, in the order in which they are computed',
    check: async (make) => {
      const { engine, taxed } = await make()
      const answer = await engine.decide(taxed, AS, WAITING)
      assert.ok(answer.outcome === 'decided' && answer.reference !== null)
      assert.deepEqual(
        answer.taxes.map(({ percent }) => percent),
        ['6.25', '2'],
      )
      assert.equal(new Set(answer.taxes.map(({ place }) => place)).size, 2)
    },
  },
  {
    rule: 'a supply without tax has none, and says why',
    check: async (make) => {
      const { engine, exempt } = await make()
      const answer = await engine.decide(exempt, AS, WAITING)
      assert.ok(answer.outcome === 'decided' && answer.taxes.length === 0 && answer.why !== null)
    },
  },
  {
    rule: 'a refusal, no connection, silence and an answer that says something else are never taken for a rate',
    check: async (make) => {
      const { engine, taxed, breakIt } = await make()
      breakIt('refuses')
      assert.equal((await engine.decide(taxed, AS, WAITING)).outcome, 'refused')
      breakIt('away')
      assert.equal((await engine.decide(taxed, AS, WAITING)).outcome, 'no_answer')
      breakIt('strange')
      assert.equal((await engine.decide(taxed, AS, WAITING)).outcome, 'no_answer')
      breakIt('silent')
      assert.equal((await engine.decide(taxed, AS, AbortSignal.timeout(50))).outcome, 'no_answer')
    },
  },
]
