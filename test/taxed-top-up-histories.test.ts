/** Histories of prepaid money that is taxed when it comes in, against a slow reference. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chances } from './chances.ts'
import { checkHolds } from './harness.ts'
import { bill, client, clock, has, reverse, shown, subscriber, topUp, use } from './sold-top-ups.ts'

/** What an account has, as a slow reference keeps it, in cents: money that was sold in the order in which it came, and what is owed. */
interface Reference {
  readonly lots: { key: string; left: number; sale: { gross: number; net: number; tax: number }; settled: number }[]
  owed: number
  /** Of the month: usage, and what of it money paid for that was sold. */
  used: number
  paid: number
  /** All that documents are to have. */
  readonly documents: string[]
}

test('histories: every document, what can be drawn down and what is owed are those of a slow reference', async () => {
  const chance = chances(21)
  const keys = Array.from({ length: 3 }, (_, index) => `h${index}`)
  const all = new Map<string, Reference>()
  for (const key of keys) {
    await subscriber(key, 'calls', { creditLimit: '1000', cycleAnchor: '2026-09-01' })
    all.set(key, { lots: [], owed: 0, used: 0, paid: 0, documents: [] })
  }
  const money = (cents: number): string => (cents / 100).toFixed(2)
  for (let month = 9; month <= 10; month++) {
    await clock(`2026-${String(month).padStart(2, '0')}-27T00:00:00Z`)
    for (const key of keys) {
      const own = all.get(key) as Reference
      for (let step = 0; step < 6; step++) {
        const kind = chance(5)
        const name = `${month}-${step}`
        if (kind < 2) {
          const amount = 1 + chance(1500)
          const settled = Math.min(own.owed, amount)
          const gross = amount - settled
          const net = Math.round(gross / 1.25)
          own.owed -= settled
          await topUp(key, name, money(amount))
          own.lots.push({ key: name, left: net, sale: { gross, net, tax: gross - net }, settled })
          if (net > 0) own.documents.push(`${money(net)} + ${money(gross - net)}`)
        } else if (kind < 4) {
          const minutes = 1 + chance(80)
          await use(key, name, `2026-${String(month).padStart(2, '0')}-20T10:00:00Z`, minutes)
          let rest = minutes * 10
          own.used += rest
          for (const lot of own.lots) {
            const part = Math.min(lot.left, rest)
            lot.left -= part
            own.paid += part
            rest -= part
          }
          own.owed += rest
        } else {
          const at = chance(Math.max(1, own.lots.length))
          const [lot] = own.lots.splice(at, 1)
          if (lot === undefined) continue
          await reverse(key, lot.key)
          const { gross, net, tax } = lot.sale
          const credit = net === 0 ? 0 : lot.left === net ? tax : Math.floor((2 * tax * lot.left + net) / (2 * net))
          own.owed += lot.settled + gross - lot.left - credit
          if (lot.left > 0) own.documents.push(`${money(-lot.left)} + ${money(-credit)}`)
        }
      }
    }
    await bill(`2026-${month + 1}-01`)
    for (const own of all.values()) {
      const tax = Math.round((own.used - own.paid) * 0.25)
      if (own.used > 0) own.documents.push(`${money(own.used)} + ${money(tax)}`)
      own.owed += tax
      own.used = 0
      own.paid = 0
    }
  }
  for (const [key, { lots, owed, documents }] of all) {
    const found = await shown(key, documents.length)
    const totals = found.map(({ document: { totals } }) => `${totals.net} + ${totals.tax}`)
    assert.deepEqual(totals.toSorted(), documents.toSorted(), key)
    const left = lots.filter((lot) => lot.left > 0).map((lot) => `taxed ${money(lot.left)}`)
    assert.equal(await has(key), [...left, `owed ${money(owed)}`].join(', '), key)
    assert.equal(
      found.reduce((sum, { open }) => sum + Math.round(Number(open) * 100), 0),
      owed,
      key,
    )
  }
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
