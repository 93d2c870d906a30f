import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { JsonCursor } from './json-cursor.ts'

function isAccepted(text: string): boolean {
  try {
    const cursor = new JsonCursor(text)
    cursor.skipBlanks()
    cursor.skipValue()
    cursor.expectEnd()
    return true
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error))
    return false
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Any value, built again from what the cursor hands out. */
function readValue(cursor: JsonCursor): unknown {
  switch (cursor.text[cursor.at]) {
    case '"':
      return cursor.string()
    case '{': {
      const members: [string, unknown][] = []
      cursor.object((key) => members.push([key, readValue(cursor)]))
      return Object.fromEntries(members)
    }
    case '[': {
      const elements: unknown[] = []
      cursor.array(() => elements.push(readValue(cursor)))
      return elements
    }
    case 't':
    case 'f':
    case 'n': {
      const start = cursor.at
      cursor.skipValue()
      return JSON.parse(cursor.text.slice(start, cursor.at))
    }
    default:
      return Number(cursor.number())
  }
}

const ACCEPTED = [
  '{}',
  '[]',
  ' {"a" : [1 , 2]}\t\r\n',
  '-0',
  '0.5',
  '1e5',
  '1E+05',
  '-1.25e-3',
  '"\\u00e9\\n\\"\\\\"',
  'null',
  '""',
  '{"":0,"":1}',
]
const REFUSED = [
  ...['', ' ', '01', '-', '-01', '+1', '.5', '5.', '1e', '1e+', '0x1', 'NaN', 'Infinity', '1 2', '1_000', '--1'],
  ...[
    'tru',
    'truefalse',
    'nul',
    'True',
    'undefined',
    "'a'",
    '"a',
    '"\\"',
    '"\\x41"',
    '"\\u12"',
    '"\\u12g4"',
    '"a\nb"',
    '"\t"',
    '"\\\n"',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1,,2]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    '{"a" 1}',
    '{"a":1 "b":2}',
  ],
  ...['[1}', '{"a":1]', '[]]', '{}{}', '// note', '[1]/**/', '\ufeff{}', '\u00a0{}', '{1:2}', '\v[]'],
]

for (const text of ACCEPTED) {
  test(`${JSON.stringify(text)} is accepted, as JSON.parse accepts it`, () => {
    assert.equal(isAccepted(text), true)
    assert.equal(isJson(text), true)
  })
}

for (const text of REFUSED) {
  test(`${JSON.stringify(text)} is refused, as JSON.parse refuses it`, () => {
    assert.equal(isAccepted(text), false)
    assert.equal(isJson(text), false)
  })
}

const documents = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), fc.constantFrom('', ' ', '\r\n'))
  .map(([value, indent, edge]) => `${edge}${JSON.stringify(value, null, indent)}${edge}`)

test('every JSON text is accepted and read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const cursor = new JsonCursor(text)
      cursor.skipBlanks()
      assert.deepEqual(readValue(cursor), JSON.parse(text))
      cursor.expectEnd()
      assert.equal(isAccepted(text), true)
    }),
    { numRuns: 500 },
  )
})

test('a corrupted text is accepted exactly when JSON.parse accepts it', () => {
  const scraps = fc.constantFrom(
    ...'{}[]:,"\\/0123456789.-+eEtrufalsn \n\t\r\u0000\u007f\u00a0é'.split(''),
    'true',
    '\\u',
    '\ud800',
  )
  const corruptions = fc.array(fc.tuple(fc.nat(), fc.nat(2), scraps), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(documents, corruptions, (document, edits) => {
      let text = document
      for (const [place, removed, inserted] of edits) {
        const at = place % (text.length + 1)
        text = text.slice(0, at) + inserted + text.slice(at + removed)
      }
      assert.equal(isAccepted(text), isJson(text), JSON.stringify(text))
    }),
    { numRuns: 3000 },
  )
})

test('a text that is cut off is refused, unless what is left is whole', () => {
  fc.assert(
    fc.property(documents, fc.nat(), (document, place) => {
      const text = document.slice(0, place % (document.length + 1))
      assert.equal(isAccepted(text), isJson(text), JSON.stringify(text))
    }),
    { numRuns: 1000 },
  )
})

test('a string is read as JSON.parse reads it, lone surrogates replaced, and a fault never passes for one', () => {
  const bodies = fc.string({
    unit: fc.constantFrom('a', '"', '\\', '\\u', '00e9', '\\n', '\n', '😀', '\ud800', '\\/'),
    maxLength: 8,
  })
  fc.assert(
    fc.property(bodies, (body) => {
      const text = `"${body}"`
      assert.equal(isAccepted(text), isJson(text))
      if (isJson(text))
        assert.equal(new JsonCursor(text).string().toWellFormed(), String(JSON.parse(text)).toWellFormed())
    }),
    { numRuns: 1000 },
  )
})

for (const text of ['12345678901234567890.123456789', '0.10', '1e-7', '-0', '100E+2']) {
  test(`the number ${text} keeps the text that it was written with`, () => {
    const cursor = new JsonCursor(`{"q":${text}}`)
    const read: string[] = []
    cursor.object(() => read.push(cursor.number()))
    assert.deepEqual(read, [text])
  })
}

test('nesting deeper than the limit is refused before the stack ends', () => {
  assert.equal(isAccepted('['.repeat(32) + ']'.repeat(32)), true)
  assert.equal(isAccepted('['.repeat(40) + ']'.repeat(40)), false)
  assert.equal(isAccepted('{"a":'.repeat(1_000_000)), false)
})

test('a fault says what was expected and where, counted from 1', () => {
  const cursor = new JsonCursor('{"a" 1}')
  assert.throws(() => cursor.skipValue(), { name: 'SyntaxError', message: 'expected a colon at character 6' })
})
