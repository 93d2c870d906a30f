/**
 * How often money that is booked by rule is booked to the right account, in worlds with everything that goes wrong with payments.
 * KVIT_BANK_PAYMENTS sets how many payments a world has, KVIT_BANK_WORLDS how many worlds there are.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchTransaction } from '../src/core/banking/matching/match-transaction.ts'
import { OpenItems } from '../src/core/banking/matching/open-items.ts'
import { madeWorld } from './bank-statements-made.ts'

const PAYMENTS = Number(process.env['KVIT_BANK_PAYMENTS'] ?? 3_000)
const WORLDS = Number(process.env['KVIT_BANK_WORLDS'] ?? 4)
const THRESHOLD = 950
const OPTIONS = { currency: 'EUR', toleranceMinor: 0n }

test('of what is booked by rule, at least 99.9 % is booked to the account that it is meant for', (t) => {
  const kinds = new Map<string, { payments: number; booked: number; wrong: number; first: number }>()
  for (let seed = 1; seed <= WORLDS; seed++) {
    const { known, payments } = madeWorld(seed, PAYMENTS)
    const index = new OpenItems(known)
    for (const { incoming, meantFor, kind } of payments) {
      const count = kinds.get(kind) ?? { payments: 0, booked: 0, wrong: 0, first: 0 }
      kinds.set(kind, count)
      count.payments++
      const [best] = matchTransaction(index, incoming, OPTIONS)
      if (best?.accountId === meantFor && meantFor !== null) count.first++
      if (best === undefined || best.score < THRESHOLD) continue
      count.booked++
      if (best.accountId === meantFor) continue
      count.wrong++
      t.diagnostic(`wrong: ${kind} ${meantFor} → ${best.accountId} ${best.score} ${best.reasons.join('; ')}`)
    }
  }
  const all = { payments: 0, booked: 0, wrong: 0, first: 0 }
  for (const [kind, count] of kinds) {
    for (const name of ['payments', 'booked', 'wrong', 'first'] as const) all[name] += count[name]
    t.diagnostic(
      `${kind}: ${count.payments} payments, ${count.booked} booked by rule, ${count.wrong} wrong, ${count.first} with the right account first`,
    )
  }
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`
  t.diagnostic(
    `precision ${percent(all.booked - all.wrong, all.booked)}, recall ${percent(all.booked - all.wrong, all.payments)} of ${all.payments}`,
  )
  assert.ok(all.wrong * 1000 <= all.booked, `${all.wrong} of ${all.booked} are wrong`)
  // A rule that books nothing is never wrong: two thirds of the payments have to be booked.
  assert.ok(all.booked * 3 > all.payments * 2, `${all.booked} of ${all.payments} are booked`)
})
