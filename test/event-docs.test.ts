import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { z } from 'zod'
import { EVENT_TYPES } from '../src/app/event-types.ts'
import { envelope } from '../src/platform/events/event-type.ts'
import { EVENT_PAGE, withTable } from '../tools/event-page.ts'

test('docs/events.md has all events as the catalogue describes them: node tools/event-page.ts writes them', () => {
  const page = readFileSync(EVENT_PAGE, 'utf8')
  assert.equal(page, withTable(page))
})

test('the event that docs/events.md shows is as the catalogue describes it', () => {
  const [, text = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync(EVENT_PAGE, 'utf8')) ?? []
  const { data, ...told } = JSON.parse(text) as { readonly type: string; readonly data: unknown }
  z.strictObject(envelope).parse(told)
  const type = EVENT_TYPES.find((one) => one.type === told.type)
  assert.ok(type)
  type.data.parse(data)
})

test('a type is resource.action, says what it means in a sentence, and describes no name, address or secret of anybody', () => {
  const personal = /^(name|email|address|phone|taxId|bankDetails|secret|password|code_?secret|apiKey|hash)$/i
  // Of an import: that of its file.
  const allowed = new Set(['usage_import.started', 'usage_import.finished', 'usage_import.refused'])
  assert.equal(new Set(EVENT_TYPES.map(({ type }) => type)).size, EVENT_TYPES.length)
  for (const { type, meaning, data } of EVENT_TYPES) {
    assert.match(type, /^[a-z_]+\.[a-z_]+$/)
    assert.match(meaning, /^[A-Z].*\.$/, type)
    const found = Object.keys(data.shape).filter((field) => personal.test(field) && !allowed.has(type))
    assert.deepEqual(found, [], type)
  }
})
