import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast, inkOn, isReadableOnWhite } from './readable-colour.ts'

test('contrast is that of WCAG: 21 of black on white, 4.54 of #767676 on white', () => {
  assert.equal(contrast('#000000', '#ffffff').toFixed(2), '21.00')
  assert.equal(contrast('#ffffff', '#767676').toFixed(2), '4.54')
  assert.deepEqual([isReadableOnWhite('#767676'), isReadableOnWhite('#777777')], [true, false])
})

test('what is written on any colour can be read', () => {
  for (const part of ['00', '33', '66', '99', 'cc', 'ff'])
    for (const other of ['00', '80', 'ff'])
      for (const third of ['00', '55', 'aa', 'ff']) {
        const colour = `#${part}${other}${third}`
        assert.ok(contrast(colour, inkOn(colour)) >= 4.0, `${inkOn(colour)} on ${colour}`)
      }
  assert.deepEqual([inkOn('#005bbb'), inkOn('#ffd500')], ['#ffffff', '#1a1a1a'])
})
