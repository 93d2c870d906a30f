import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataColumn } from './data-column.ts'
import { compileMapping, type Mapping, type RowMapper } from './mapping.ts'
import { emptyFields, type RecordFields } from './record-fields.ts'
import type { TimeColumn } from './time-column.ts'

const HEADER = ['Meter', 'Read at', 'Until', 'Wh', 'Note']
const MAPPING: Mapping = {
  ...{ name: 'meters', format: 'csv', delimiter: ';', source: 'grid', type: 'reading' },
  id: '{Meter}/{Read at}',
  service: 'meter-{Meter}',
  time: { column: 'Read at', format: 'iso', zone: 'UTC' },
  data: { energy: { column: 'Wh', kind: 'number', decimalComma: false } },
}

function mapperOf(mapping: Mapping, header: readonly string[] = HEADER): RowMapper {
  const mapper = compileMapping(mapping, header)
  assert.ok(typeof mapper === 'function', JSON.stringify(mapper))
  return mapper
}

function mapped(more: Partial<Mapping>, cells: readonly string[], rowNumber = 1): RecordFields {
  const fields = emptyFields()
  mapperOf({ ...MAPPING, ...more })(cells, rowNumber, fields)
  return fields
}

const ROW = ['M7', '2024-01-01T10:00:00Z', '2024-01-01T10:30:00Z', '1500', 'ok']

test('a row becomes the fields of a record', () => {
  const end: TimeColumn = { column: 'Until', format: 'iso', zone: 'UTC' }
  const fields = mapped({ end }, ROW)
  const { id, source, service, type, time } = fields
  assert.deepEqual(
    { id, source, service, type },
    { id: 'M7/2024-01-01T10:00:00Z', source: 'grid', service: 'meter-M7', type: 'reading' },
  )
  assert.equal(time, '2024-01-01T10:00:00Z')
  assert.equal(fields.end, '2024-01-01T10:30:00Z')
  assert.deepEqual([fields.names, fields.values, fields.data], [['energy'], ['1500'], '{"energy":1500}'])
})

test('{#} is the number of the row', () => {
  assert.equal(mapped({ id: 'file-{#}-{Meter}' }, ROW, 42).id, 'file-42-M7')
})

test('a template whose column is empty or absent has no text, so that validation can name the field', () => {
  assert.equal(mapped({}, ['', ...ROW.slice(1)]).service, undefined)
  assert.equal(mapped({}, ['  ', ...ROW.slice(1)]).id, undefined)
  assert.equal(mapped({}, ['M7']).time, undefined)
})

test('columns that the file lacks are named, each once', () => {
  const end: TimeColumn = { column: 'End', format: 'iso', zone: 'UTC' }
  assert.deepEqual(compileMapping({ ...MAPPING, end }, ['Meter', 'Note']), { missing: ['Read at', 'End', 'Wh'] })
})

test('names of columns are met without the blanks and the byte order mark around them', () => {
  const fields = emptyFields()
  mapperOf(MAPPING, ['\ufeffMeter', ' Read at ', 'Until', 'Wh\t', 'Note'])(ROW, 1, fields)
  assert.equal(fields.service, 'meter-M7')
})

test('a mapper keeps nothing of the row before', () => {
  const fields = emptyFields()
  const mapper = mapperOf(MAPPING)
  mapper(ROW, 1, fields)
  mapper(['', '', '', '', ''], 2, fields)
  assert.deepEqual(
    [fields.id, fields.time, fields.names, fields.values, fields.data],
    [undefined, undefined, [], [], '{}'],
  )
})

const NUMBERS: readonly (readonly [string, Partial<DataColumn>, string, string])[] = [
  ['1500', {}, '1500', '{"q":1500}'],
  [' 1500 ', {}, '1500', '{"q":1500}'],
  ['1500', { factor: '0.001' }, '1.5', '{"q":1.5}'],
  ['0.1', { factor: '3' }, '0.3', '{"q":0.3}'],
  ['12345678901234567890', { factor: '0.001' }, '12345678901234567.89', '{"q":12345678901234567.89}'],
  ['-2', { factor: '60' }, '-120', '{"q":-120}'],
  ['1,5', { decimalComma: true }, '1.5', '{"q":1.5}'],
  ['1,5', { decimalComma: true, factor: '1000' }, '1500', '{"q":1500}'],
  ['1,5', {}, '1,5', '{"q":"1,5"}'],
  ['007', {}, '007', '{"q":"007"}'],
  [
    '1.234',
    { decimalComma: true },
    'no number that has one reading: 1.234',
    '{"q":"no number that has one reading: 1.234"}',
  ],
  ['1.234', { decimalComma: true, grouping: '.' }, '1234', '{"q":1234}'],
  ['n/a', { factor: '0.001' }, 'no number that has one reading: n/a', '{"q":"no number that has one reading: n/a"}'],
  ['1.5e3', { factor: '0.001' }, '1.5', '{"q":1.5}'],
  ['42', { kind: 'text' }, '42', '{"q":"42"}'],
  ['say "hi"', { kind: 'text' }, 'say "hi"', '{"q":"say \\"hi\\""}'],
]

for (const [cell, more, value, data] of NUMBERS) {
  test(`the cell "${cell}" with ${JSON.stringify(more)} is ${value}`, () => {
    const column: DataColumn = { column: 'Wh', kind: 'number', decimalComma: false, ...more }
    const fields = mapped({ data: { q: column } }, ['M7', '', '', cell, ''])
    assert.deepEqual([fields.values, fields.data], [[value], data])
  })
}

test('an empty cell is a property that the record lacks', () => {
  const data: Record<string, DataColumn> = {
    energy: { column: 'Wh', kind: 'number', decimalComma: false },
    'a "note"': { column: 'Note', kind: 'text', decimalComma: false },
  }
  const fields = mapped({ data }, ['M7', '', '', '', 'fine'])
  assert.deepEqual([fields.names, fields.data], [['a "note"'], '{"a \\"note\\"":"fine"}'])
  assert.deepEqual(JSON.parse(fields.data), { 'a "note"': 'fine' })
})

const TIMES: readonly (readonly [string, TimeColumn['format'], string, string])[] = [
  ['2024-01-01T10:00:00Z', 'iso', 'Europe/Kyiv', '2024-01-01T10:00:00Z'],
  ['2024-01-01T10:00:00+02:00', 'iso', 'UTC', '2024-01-01T10:00:00+02:00'],
  ['2024-01-01T10:00:00', 'iso', 'Europe/Kyiv', '2024-01-01T08:00:00Z'],
  ['2024-01-01 10:00', 'local', 'UTC', '2024-01-01 10:00:00Z'],
  ['2024-01-01 10:00', 'local', 'Europe/Kyiv', '2024-01-01T08:00:00Z'],
  ['2024-07-01 10:00:30.250', 'local', 'Europe/Kyiv', '2024-07-01T07:00:30.25Z'],
  ['2024-10-27 03:30:00', 'local', 'Europe/Kyiv', '2024-10-27T00:30:00Z'],
  ['2024-03-31 03:30:00', 'local', 'Europe/Kyiv', '2024-03-31T00:30:00Z'],
  ['1704103200', 'epoch_s', 'UTC', '2024-01-01T10:00:00.000Z'],
  ['1704103200250', 'epoch_ms', 'UTC', '2024-01-01T10:00:00.250Z'],
  ['31.01.2024 10:00', 'local', 'Europe/Kyiv', '31.01.2024 10:00'],
  ['2024-02-30 10:00', 'local', 'Europe/Kyiv', '2024-02-30 10:00'],
  ['1704103200.5', 'epoch_s', 'UTC', '1704103200.5'],
  ['soon', 'iso', 'UTC', 'soon'],
]

for (const [text, format, zone, expected] of TIMES) {
  test(`"${text}" read as ${format} in ${zone} is ${expected}`, () => {
    assert.equal(mapped({ time: { column: 'Read at', format, zone } }, ['M7', text]).time, expected)
  })
}
