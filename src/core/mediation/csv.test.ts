import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { csvRows } from './csv.ts'

function elementsOf(text: string, delimiter = ','): string[][] {
  return [...csvRows(text, delimiter)].map(({ cells }) => cells)
}

const TABLE: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  [
    'plain rows',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'line ends of Windows',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a last row without a line end', 'a\nb', [['a'], ['b']]],
  [
    'empty cells',
    ',\n"",\n',
    [
      ['', ''],
      ['', ''],
    ],
  ],
  ['blank rows are left out', '\na\n\r\n\nb\n\n', [['a'], ['b']]],
  ['a delimiter in quotes', '"a,b",c\n', [['a,b', 'c']]],
  ['a doubled quote', '"a ""b""",""""\n', [['a "b"', '"']]],
  ['a line end in quotes', '"a\nb",c\r\n"d\r\ne"\r\n', [['a\nb', 'c'], ['d\r\ne']]],
  ['blanks are kept', ' a , b \n', [[' a ', ' b ']]],
  ['a quote that never closes takes what is left', 'a,b\n"c,d\ne,f\n', [['a', 'b'], ['c,d\ne,f\n']]],
  ['nothing at all', '', []],
]

for (const [title, text, expected] of TABLE) {
  test(`${title}: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(elementsOf(text), expected)
  })
}

test('each row comes with its raw text, without the line end', () => {
  const raws = [...csvRows('a,"b\nc"\r\n\r\n"d"\n', ',')].map(({ raw }) => raw)
  assert.deepEqual(raws, ['a,"b\nc"', '"d"'])
})

const cellTexts = fc.string({
  unit: fc.constantFrom('a', '1', ' ', ',', ';', '\t', '"', '\n', '\r\n', '\r', 'é', '😀'),
  maxLength: 6,
})
const tables = fc.record({
  rows: fc.array(fc.array(fc.tuple(cellTexts, fc.boolean()), { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  endsWithLine: fc.boolean(),
})

/** RFC 4180: a cell is quoted where it must be, and where someone likes to. */
function writeCell(text: string, isQuoted: boolean, delimiter: string): string {
  return isQuoted || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

test('a table is read as csv-parse reads it, and as it was written', () => {
  fc.assert(
    fc.property(tables, ({ rows, delimiter, lineEnd, endsWithLine }) => {
      const lines = rows.map((row) =>
        row.map(([text, isQuoted]) => writeCell(text, isQuoted, delimiter)).join(delimiter),
      )
      const text = lines.join(lineEnd) + (endsWithLine ? lineEnd : '')
      const written = rows.filter((_, index) => lines[index] !== '').map((row) => row.map(([cell]) => cell))
      const options = { delimiter, record_delimiter: lineEnd, relax_column_count: true, skip_empty_lines: true }
      assert.deepEqual(elementsOf(text, delimiter), written)
      assert.deepEqual(parse(text, options), written)
    }),
    { numRuns: 1000 },
  )
})
