import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeckFile, readDeckFile } from './deck-file.ts'
import type { DeckMapping } from './deck-row.ts'

const MAPPING: DeckMapping = {
  decimal: 'point',
  skipRows: 0,
  header: true,
  skip: [],
  dates: 'YYYY-MM-DD',
  prefix: { column: 'Prefix' },
  name: { column: 'Destination' },
  rates: { rate: { column: 'Rate' } },
}

function read(text: string, mapping: Partial<DeckMapping> = {}): DeckFile {
  return readDeckFile(text, { ...MAPPING, ...mapping })
}

test('a carrier file: byte order mark, title lines, semicolons, decimal commas, ranges, increments, fees, days', () => {
  const text =
    '\uFEFFPrice list;;\r\nvalid from;01.03.2026;\r\nDestination;Prefix;Peak;Off;Steps;Fee;From;Until\r\n' +
    '"Ukraine; Kyiv";38044-38045;0,0500;0,0400;60/1;0,10;01.03.2026;\r\n' +
    'Ukraine;380;0,03;0,03;30+6;0;;01.04.2026\r\n'
  const file = read(text, {
    decimal: 'comma',
    skipRows: 2,
    dates: 'DD.MM.YYYY',
    rates: { peak: { column: 'Peak' }, off: { column: 'Off' } },
    increments: { column: 'Steps' },
    connectionFee: { column: 'Fee', factor: '0.5' },
    from: { column: 'From' },
    until: { column: 'Until' },
  })
  assert.deepEqual(file.problems, [])
  const kyiv = {
    name: 'Ukraine; Kyiv',
    rates: ['0.05', '0.04'],
    connectionFee: '0.05',
    increments: { first: '60', next: '1' },
    from: '2026-03-01',
  }
  assert.deepEqual(file.rows, [
    { prefix: '38044', ...kyiv },
    { prefix: '38045', ...kyiv },
    {
      prefix: '380',
      name: 'Ukraine',
      rates: ['0.03', '0.03'],
      increments: { first: '30', next: '6' },
      until: '2026-04-01',
    },
  ])
})

test('a file without a header, with tabs, and country codes in a column of their own', () => {
  const file = read('44\t20, 21\tLondon\t1.5\n44\t7\tMobile\t3\n', {
    header: false,
    prefix: { column: '2', country: '1' },
    name: { column: '3' },
    rates: { rate: { column: '4' } },
  })
  assert.deepEqual(
    file.rows.map(({ prefix, name }) => `${prefix} ${name}`),
    ['4420 London', '4421 London', '447 Mobile'],
  )
})

const HEAD = 'Destination,Prefix,Rate,Steps,From,Until\n'
const BAD: readonly (readonly [string, string, number, string, RegExp])[] = [
  ['a decimal comma in a file of points', 'A,1,"0,5",,,\n', 2, 'Rate', /such as 0\.0121/],
  ['a rate below zero', 'A,1,-1,,,\n', 2, 'Rate', /not negative/],
  ['no rate', 'A,1,,,,\n', 2, 'Rate', /a plain amount/],
  ['no name', ',1,2,,,\n', 2, 'Destination', /1 to 150 characters/],
  ['no prefix', 'A,,2,,,\n', 2, 'Prefix', /a prefix such as/],
  ['steps of nothing', 'A,1,2,60/0,,\n', 2, 'Steps', /60\/1/],
  ['a day that is none', 'A,1,2,1/1,2026-02-30,\n', 2, 'From', /a day as YYYY-MM-DD/],
  ['an end before the beginning', 'A,1,2,1/1,2026-02-10,2026-02-10\n', 2, 'until', /ends after it begins/],
  ['two rates for one prefix', 'A,1,2,1/1,,\n\nB,"0, 1",3,1/1,,\n', 4, 'prefix', /line 2 has this prefix/],
  ['days that overlap', 'A,1,2,1/1,,2026-03-01\nA,1,3,1/1,2026-02-01,\n', 3, 'prefix', /do not overlap/],
]

for (const [title, rows, line, column, message] of BAD) {
  test(`${title} is told with its line`, () => {
    const { problems } = read(HEAD + rows, {
      increments: { column: 'Steps' },
      from: { column: 'From' },
      until: { column: 'Until' },
      ...(rows.includes('/') ? {} : { increments: undefined }),
    })
    assert.equal(problems.length, 1, JSON.stringify(problems))
    assert.deepEqual([problems[0]?.line, problems[0]?.column], [line, column])
    assert.match(problems[0]?.message ?? '', message)
  })
}

test('a column that is not there, a method without a rule, and a file without rows', () => {
  assert.match(read('Destination,Prefixes,Rate\nA,1,2\n').problems[0]?.message ?? '', /did you mean "Prefixes"/)
  const methods = { column: 'Rate', rules: { second: {}, minute: {} } }
  assert.match(
    read('Destination,Prefix,Rate\nA,1,minutes\n', { methods }).problems[0]?.message ?? '',
    /did you mean "minute"/,
  )
  assert.match(read('Destination,Prefix,Rate\n').problems[0]?.message ?? '', /no rows/)
})

test('rows that repeat one another count once; rows that are none are left out', () => {
  const { rows, repeated, skipped } = read('Destination,Prefix,Rate\nNOTE,x,y\nA,1,2\nA,1,2\n,,\n', {
    skip: [{ column: 'Destination', values: ['NOTE'] }],
  })
  assert.deepEqual([rows.length, repeated, skipped], [1, 1, 2])
})
