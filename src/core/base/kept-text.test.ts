import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKeptExactly, isNameable, jsonIsKeptExactly } from './kept-text.ts'

const TEXTS: readonly (readonly [text: string, isKept: boolean, isName: boolean])[] = [
  ['Олена', true, true],
  ['\u{1f600}', true, true],
  ['a\u0000b', false, false],
  ['\ud810', false, false],
  ['a\udc00', false, false],
  ['a\tb', true, false],
  ['\ufeffa', true, false],
  ['', true, true],
]
for (const [text, isKept, isName] of TEXTS)
  test(`S6: ${JSON.stringify(text)} is ${isKept ? '' : 'not '}kept exactly, and is ${isName ? 'a' : 'no'} name`, () => {
    assert.deepEqual([isKeptExactly(text), isNameable(text)], [isKept, isName])
    assert.equal(jsonIsKeptExactly(JSON.stringify({ nested: [{ [text]: text }] })), isKept)
  })

test('S6: a backslash before a u that is no escape is text like any other', () => {
  assert.equal(jsonIsKeptExactly(String.raw`{"path":"C:\\u0000"}`), true)
})
