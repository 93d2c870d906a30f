import assert from 'node:assert/strict'
import { test } from 'node:test'
import { structured } from './binary-event.ts'

const HEADERS = {
  'ce-specversion': '1.0',
  'ce-id': 'e-1',
  'ce-source': '/meters/7',
  'ce-type': 'api.request',
  'ce-subject': 'shop-4711',
  'ce-time': '2026-02-09T10:00:00Z',
  'content-type': 'application/json; charset=utf-8',
}
const textOf = (change: Record<string, string | undefined>, body = '{"tokens":1.10}'): string =>
  structured({ ...HEADERS, ...change }, Buffer.from(body)).toString('utf8')

test('attributes of headers and the text of the data make the event of the structured mode', () => {
  assert.equal(
    textOf({}),
    '{"specversion":"1.0","id":"e-1","source":"/meters/7","type":"api.request","subject":"shop-4711","time":"2026-02-09T10:00:00Z","data":{"tokens":1.10}}',
  )
  assert.equal(
    textOf({ 'ce-subject': undefined, 'ce-time': undefined }, ''),
    '{"specversion":"1.0","id":"e-1","source":"/meters/7","type":"api.request"}',
  )
})

test('values are percent-encoded UTF-8, with or without quotes around them', () => {
  // The example of the specification: "Euro € 😀".
  const id = (text: string): unknown => (JSON.parse(textOf({ 'ce-id': text })) as { id: string }).id
  assert.equal(id('Euro%20%E2%82%AC%20%F0%9F%98%80'), 'Euro € 😀')
  assert.equal(id('"a \\"b\\" \\\\c"'), 'a "b" \\c')
  for (const wrong of ['100%', '%ff', 'Київ']) assert.throws(() => id(wrong), { code: 'invalid_request' })
})

test('the data is one JSON value: nothing breaks out of it', () => {
  for (const body of ['{},"id":"other"', '{"a":1}}', '{', 'null null', ' '])
    assert.throws(() => textOf({}, body), { code: 'invalid_json' }, body)
  assert.throws(() => textOf({ 'content-type': 'text/plain' }), { code: 'unsupported_media_type' })
  assert.equal((JSON.parse(textOf({ 'content-type': 'application/vnd.api+json' })) as { id: string }).id, 'e-1')
  assert.throws(() => textOf({ 'ce-specversion': '0.3' }), /ce-specversion is 0.3/)
})
