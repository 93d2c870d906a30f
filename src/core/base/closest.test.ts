import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestSpelling } from './suggest-spelling.ts'

const MODELS = ['per_unit', 'graduated', 'volume', 'package']
const TABLE: readonly (readonly [string, readonly string[], string])[] = [
  ['gradated', MODELS, '; did you mean "graduated"?'],
  ['Volumes', MODELS, '; did you mean "volume"?'],
  ['per-unit', MODELS, '; did you mean "per_unit"?'],
  ['stairs', MODELS, '; known here: per_unit, graduated, volume, package'],
  ['anything', [], ''],
  ['zzzzzz', Array.from({ length: 13 }, (_, index) => `meter-${index}`), ''],
]

for (const [word, candidates, hint] of TABLE) {
  test(`"${word}" among ${candidates.length} words gives ${hint === '' ? 'no hint' : `"${hint.slice(2)}"`}`, () => {
    assert.equal(suggestSpelling(word, candidates), hint)
  })
}

test('the first of equally close words is taken', () => {
  assert.equal(suggestSpelling('tide', ['time', 'side']), '; did you mean "time"?')
})
