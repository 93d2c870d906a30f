import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsvCell } from './csv.ts'

const CELLS = [
  ['-1+cmd', "'-1+cmd"],
  ['+1+cmd', "'+1+cmd"],
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['\t=1', "'\t=1"],
  ['\uff1d1+1', "'\uff1d1+1"],
  ['-cmd|"/c calc"!A0', `"'-cmd|""/c calc""!A0"`],
  ['-12.50', '-12.50'],
  ['+380441234567', '+380441234567'],
  ['Call to Kyiv - mobile', 'Call to Kyiv - mobile'],
  ['a,b', '"a,b"'],
] as const

test('S12: a cell of a CSV is no formula, and numbers stay numbers', () => {
  for (const [text, cell] of CELLS) assert.equal(toCsvCell(text), cell)
})
