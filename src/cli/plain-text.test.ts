import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTable } from './output.ts'
import { forTerminal } from './plain-text.ts'

test('S12: names cannot command the terminal that shows them, nor turn what is read', () => {
  assert.equal(forTerminal('Eve\u001b]0;owned\u0007'), 'Eve\\u001b]0;owned\\u0007')
  assert.equal(forTerminal('\u202egnp.exe\u2066 \u009b31m \u200b'), '\\u202egnp.exe\\u2066 \\u009b31m \\u200b')
  assert.equal(forTerminal('Київ, ☎ 東京 – é'), 'Київ, ☎ 東京 – é')
  assert.equal(formatTable([{ name: 'a\nb\u001b[2J', size: 1 }]).split('\n').length, 3)
  assert.match(formatTable([{ name: 'a\nb\u001b[2J', size: 1 }]), /a\\u000ab\\u001b\[2J +1$/)
})

test('a terminal that does not know its width, as `docker exec -t` gives it, is told tables whole', () => {
  const { isTTY, columns } = process.stdout
  Object.assign(process.stdout, { isTTY: true, columns: 0 })
  try {
    assert.match(formatTable([{ name: 'every invoice equals its lines' }]), /every invoice equals its lines$/)
  } finally {
    Object.assign(process.stdout, { isTTY, columns })
  }
})
