import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLeitwegId } from './leitweg-id.ts'

test('form and check digits of a Leitweg-ID', () => {
  for (const right of ['992-90009-96', '991-33333TEST-33', '04011000-1234512345-06'])
    assert.equal(isLeitwegId(right), true, right)
  // A digit mistyped, two swapped, no check digits, small letters, nothing.
  for (const wrong of ['992-90008-96', '992-90090-96', '992-90009', '991-33333test-33', ''])
    assert.equal(isLeitwegId(wrong), false, wrong)
})
