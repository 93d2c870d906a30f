import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SHEET_CHARACTERS, SHEET_LINES, type SheetGroup, sheetsOf } from './sheet.ts'

const LABELS = [
  { label: 'Id', align: 'left' },
  { label: 'End', align: 'left' },
  { label: 'Charge', align: 'right' },
] as const
const groupOf = (heading: string, rows: number, id = (at: number): string => `r-${at}`): SheetGroup => ({
  heading,
  rows: Array.from({ length: rows }, (_, at) => [id(at), '', `${at}.00`]),
  sum: `sum of ${heading}`,
})
const linesOf = (sheet: ReturnType<typeof sheetsOf>['sheets'][number]): number =>
  sheet.parts.reduce((sum, part) => sum + (part.kind === 'heading' ? 2 : part.kind === 'sum' ? 1 : rowsOf(part)), 0)
const rowsOf = ({ columns }: { readonly columns: readonly string[] }): number => columns[0]?.split('\n').length ?? 0

test('every row is on a sheet once, in its order, below the heading of its group; a sum never stands alone', () => {
  for (const sizes of [[1], [57], [58], [59], [60, 1], [52, 3], [53, 55, 56], [3, 200, 1, 1, 119]]) {
    const { sheets } = sheetsOf(
      LABELS,
      sizes.map((rows, at) => groupOf(`g${at}`, rows, (own) => `${at}-${own}`)),
    )
    const ids: string[] = []
    for (const sheet of sheets) {
      assert.ok(linesOf(sheet) <= SHEET_LINES, `${sizes}: a sheet of ${linesOf(sheet)} lines`)
      let heading = ''
      for (const [at, part] of sheet.parts.entries()) {
        if (part.kind === 'heading') heading = part.text
        if (part.kind === 'sum') assert.equal(sheet.parts[at - 1]?.kind, 'rows')
        if (part.kind !== 'rows') continue
        for (const id of part.columns[0]?.split('\n') ?? []) {
          assert.equal(heading, `g${id.split('-')[0]}`)
          ids.push(id)
        }
      }
    }
    assert.deepEqual(
      ids,
      sizes.flatMap((rows, at) => Array.from({ length: rows }, (_, own) => `${at}-${own}`)),
    )
    const sums = sheets.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'sum' ? [part.text] : [])))
    assert.deepEqual(
      sums.map((text) => text.replaceAll('\u00a0', ' ')),
      sizes.map((_, at) => `sum of g${at}`),
    )
  }
})

test('a column that is empty everywhere is left out; a long text ends with an ellipsis, and no text is two lines', () => {
  const { columns, sheets } = sheetsOf(LABELS, [groupOf('g', 2, (at) => (at === 0 ? 'x'.repeat(300) : 'a\nb\u2028c'))])
  assert.deepEqual(
    columns.map(({ label }) => label),
    ['Id', 'Charge'],
  )
  assert.ok(columns.reduce((sum, { width }) => sum + width, 0) <= SHEET_CHARACTERS)
  const [, rows] = sheets[0]?.parts ?? []
  assert.ok(rows?.kind === 'rows')
  // 188 letters: 6 for the charge with its label, 2 behind each column, and 178 are left for the id.
  assert.deepEqual(rows.columns[0]?.split('\n'), [`${'x'.repeat(177)}…`, 'a\u00a0b\u00a0c'])
})

test('what the texts leave free stands between the columns', () => {
  const { columns } = sheetsOf(LABELS, [groupOf('g', 1)])
  // r-0 and Charge: 3 + 2 and 6 + 2 of 188; 175 are free, 87 for each.
  assert.deepEqual(
    columns.map(({ width }) => width),
    [92, 95],
  )
})

test('columns that are too wide together give way, the widest first, and letters of two code units are not cut in half', () => {
  const row = ['😀'.repeat(150), 'b'.repeat(100), '1.00']
  const { columns, sheets } = sheetsOf(LABELS, [{ heading: 'g', rows: [row], sum: '' }])
  // 188 − 6 for gutters − 6 for the charge: 176, which the two others share.
  assert.deepEqual(
    columns.map(({ width }) => width - 2),
    [88, 88, 6],
  )
  const [, rows] = sheets[0]?.parts ?? []
  assert.ok(rows?.kind === 'rows')
  assert.equal(rows.columns[0], `${'😀'.repeat(87)}…`)
})
