import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertGoodPassword, Passwords } from './passwords.ts'

test('a password is kept as Argon2id with a salt of its own, and fits itself alone', async () => {
  const passwords = new Passwords()
  const [first, second] = [await passwords.hash('correct horse', 'a'), await passwords.hash('correct horse', 'a')]
  assert.match(first, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.notEqual(first, second)
  assert.equal(await passwords.verify('correct horse', first, 'a'), true)
  assert.equal(await passwords.verify('correct horse ', first, 'a'), false)
  assert.equal(await passwords.verify('correct horse', null, 'a'), false)
  // Letters that look the same are typed in several ways: é as one sign, and as two.
  assert.equal(await passwords.verify('cafe\u0301 au lait', await passwords.hash('caf\u00e9 au lait', 'a'), 'a'), true)
})

test('hashes of other terms are read by what they say', async () => {
  // What the reference implementation of Argon2 makes: echo -n password | argon2 somesalt -id -t 2 -k 256 -p 1 -l 32
  const kept = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
  assert.equal(await new Passwords().verify('password', kept, 'a'), true)
  assert.equal(await new Passwords().verify('Password', kept, 'a'), false)
})

test('passwords are refused that are short, or guessed first; all others are taken, whatever they are made of', () => {
  const email = 'olha.kovalenko@shop.example'
  const refused = [
    'elevenchars',
    'aaaaaaaaaaaaaaaa',
    'abababababab',
    '123456789012',
    'qwertyuiopas',
    'abcdefghijklm',
    'mnbvcxzlkjhg',
    'passwordpassword',
    'Password2026!',
    'P@ssw0rd1234',
    'welcome12345!',
    'kvitkvit-admin',
    'olha.kovalenko',
    'Kovalenko2026',
    'йцукенгшщзхї',
    'x'.repeat(300),
  ]
  for (const password of refused) assert.throws(() => assertGoodPassword(password, email), /the password/, password)
  const taken = [
    'tram 7 crosses the river',
    'зелений чай о сьомій',
    'my password is a long sentence',
    'kJ8#vQ2!mX5z',
    '🐎🔋📎🌽 and four words',
  ]
  for (const password of taken) assert.doesNotThrow(() => assertGoodPassword(password, email), password)
})
