import assert from 'node:assert/strict'
import type { Enforcer, WishedState } from '../../../src/modules/service-blocks/ports.ts'

/** An enforcer of a test, and how its peer misbehaves. */
export interface EnforcerUnderTest {
  readonly enforcer: Enforcer
  /** Services that the peer was told of, in order. */
  readonly told: () => readonly string[]
  /** From now on the peer says no. */
  readonly refuse: () => void
  /** From now on it answers nothing. */
  readonly fallSilent: () => void
  /** From now on its answers are none. */
  readonly garble: () => void
  readonly secret: string
}

const WAITING = new AbortController().signal
let services = 0

function wished(change: Partial<WishedState> = {}): WishedState {
  return {
    ...{ serviceId: '0198c0de-7a2b-7000-8000-000000000001', service: `service-${++services}` },
    ...{ accountId: '0198c0de-7a2b-7000-8000-000000000002', version: 3, changedAt: new Date(0) },
    ...{ state: 'blocked', barred: ['outgoing', 'incoming', 'data'], kbps: null, reasons: ['customer'] },
    ...change,
  }
}

/** What every adapter of `Enforcer` holds: a rule, and what throws where an adapter breaks it. */
export const ENFORCER_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<EnforcerUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'a state that the peer takes is enforced, and names its service',
    check: async (make) => {
      const { enforcer, told } = await make()
      const state = wished()
      assert.equal((await enforcer.enforce(state, WAITING)).outcome, 'enforced')
      assert.deepEqual(told(), [state.service])
    },
  },
  {
    rule: 'a state that is told again is enforced again',
    check: async (make) => {
      const { enforcer } = await make()
      const state = wished()
      for (let times = 0; times < 2; times++)
        assert.equal((await enforcer.enforce(state, WAITING)).outcome, 'enforced')
    },
  },
  {
    rule: 'a peer that says no has refused, and the words name no secret',
    check: async (make) => {
      const { enforcer, refuse, secret } = await make()
      refuse()
      const { outcome, words } = await enforcer.enforce(wished(), WAITING)
      assert.equal(outcome, 'refused')
      assert.ok(words !== '' && !words.includes(secret), words)
    },
  },
  {
    rule: 'a peer that is silent is given up as soon as nobody waits any longer: nobody knows whether it was done',
    check: async (make) => {
      const { enforcer, fallSilent } = await make()
      fallSilent()
      assert.equal((await enforcer.enforce(wished(), AbortSignal.timeout(300))).outcome, 'unanswered')
      assert.equal((await enforcer.enforce(wished(), AbortSignal.abort())).outcome, 'unanswered')
    },
  },
  {
    rule: 'an answer that is none is no answer',
    check: async (make) => {
      const { enforcer, garble } = await make()
      garble()
      assert.equal((await enforcer.enforce(wished(), AbortSignal.timeout(300))).outcome, 'unanswered')
    },
  },
]
