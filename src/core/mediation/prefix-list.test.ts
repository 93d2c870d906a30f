import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPrefixes } from './prefix-list.ts'

const CELLS: readonly (readonly [string, readonly string[] | RegExp])[] = [
  ['93', ['93']],
  ['+93', ['93']],
  ['937; 938,939 / 940', ['937', '938', '939', '940']],
  ['38044-38047', ['38044', '38045', '38046', '38047']],
  ['38044 – 38047', ['38044', '38045', '38046', '38047']],
  ['38044-7', ['38044', '38045', '38046', '38047']],
  ['380441..380449', ['380441', '380442', '380443', '380444', '380445', '380446', '380447', '380448', '380449']],
  ['38000-38049', ['3800', '3801', '3802', '3803', '3804']],
  ['380440000-380449999', ['38044']],
  ['00-09', ['0']],
  ['7072xxxxx', ['7072']],
  ['', /a prefix such as/],
  ['38a', /"38a" is no prefix/],
  ['38044-38041', /both ends need the same number of digits, the lower first/],
  ['38-38044', /both ends need the same number of digits/],
  ['1-2-3', /is no prefix/],
  ['1234567890123456789', /at most 18 digits/],
]

for (const [cell, expected] of CELLS) {
  test(`the cell "${cell}" of a deck`, () => {
    const found = readPrefixes(cell)
    if (expected instanceof RegExp) assert.match(String(found), expected)
    else assert.deepEqual(found, expected)
  })
}

test('what stands before every prefix is not part of a range', () => {
  assert.deepEqual(readPrefixes('18-21', '351'), ['35118', '35119', '35120', '35121'])
})

test('the prefixes of a range cover its numbers, and no others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999 }), (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)].map((n) => String(n).padStart(3, '0'))
      const prefixes = readPrefixes(`${from}-${to}`) as string[]
      for (let number = 0; number < 1000; number++) {
        const text = String(number).padStart(3, '0')
        const covering = prefixes.filter((prefix) => text.startsWith(prefix)).length
        assert.equal(covering, text >= String(from) && text <= String(to) ? 1 : 0, text)
      }
    }),
  )
})
