import assert from 'node:assert/strict'
import { test } from 'node:test'
import jsqr from 'jsqr'
import type { PaymentCode } from '../../core/payment-codes/payment-order.ts'
import { writeCodes } from '../../core/payment-codes/write-codes.ts'
import { drawCode, modulesOf } from './draw-code.ts'

const SCALE = 5
const BORDER = 4
const common = {
  amountMinor: 123_456n,
  documentNumber: 'INV-000123',
  purpose: 'Rechnung INV-000123 für März, Größe 3 €',
}
const address = { street: 'Rue du Lac 1268', postcode: '2501', city: 'Biel', country: 'CH' }
const orders = [
  { ...common, currency: 'EUR', payee: { name: 'Netz GmbH', iban: 'DE71110220330123456789' } },
  { ...common, currency: 'CHF', payee: { name: 'Réseau SA', iban: 'CH4431999123000889012', address } },
  {
    ...common,
    currency: 'UAH',
    payee: { name: 'ТОВ «Мережа»', iban: 'UA213223130000026007233566001', taxCode: '12345678' },
  },
  { ...common, currency: 'INR', payee: { name: 'Network', virtualAddress: 'network@okbank' } },
]

for (const order of orders)
  test(`a decoder that knows nothing of us reads the code for ${order.currency} back`, () => {
    const [code] = writeCodes(order).codes
    assert.ok(code !== undefined)
    assert.equal(read(code), code.text)
  })

/** Fills the picture as a camera would see it; the mark of a Swiss code hides what lies under it. */
function read(code: PaymentCode): string | undefined {
  const rows = modulesOf(code)
  const side = (rows.length + 2 * BORDER) * SCALE
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  const hidden = code.mark === undefined ? 0 : (rows.length * 7) / 46 / 2
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [column, row] = [x / SCALE - BORDER, y / SCALE - BORDER]
      const isHidden = [column, row].every((place) => Math.abs(place - rows.length / 2) < hidden)
      if (!isHidden && rows[Math.floor(row)]?.[Math.floor(column)] === true)
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  const found = jsqr.default(pixels, side, side)
  return found === null ? undefined : Buffer.from(found.binaryData).toString('utf8')
}

test('the drawing has every dark module once', () => {
  const code: PaymentCode = { text: 'HELLO', correction: 'M' }
  const dark = modulesOf(code).flat().filter(Boolean).length
  const lengths = [...drawCode(code).matchAll(/M\d+ \d+h(\d+)v1h-\1z/g)].map(([, length]) => Number(length))
  assert.equal(
    lengths.reduce((sum, length) => sum + length, 0),
    dark,
  )
  assert.ok(!drawCode(code).includes('<rect'))
  assert.equal(drawCode({ ...code, mark: 'swiss_cross' }).match(/<rect/g)?.length, 4)
})
