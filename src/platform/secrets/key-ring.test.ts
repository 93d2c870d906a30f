import assert from 'node:assert/strict'
import { createDecipheriv } from 'node:crypto'
import { test } from 'node:test'
import { parseKeys } from './key-file.ts'
import { KeyRing, keyOf, newKey } from './key-ring.ts'

const [old, current] = [newKey(), newKey()]
const place = ['shop', 'settingSecret', 'payment_notices', 'signingSecret']
const text = Buffer.from('whsec_something')

test('a secret is read at its place with its key, also one of before, and nowhere else', () => {
  const before = new KeyRing([old]).encrypt(place, text)
  const ring = new KeyRing([current, old])
  assert.deepEqual(ring.decrypt(place, before), text)
  assert.equal(ring.encrypt(place, text).keyId, current.id)
  const moved = [...place.keys()].map((at) => place.map((part, other) => (at === other ? `${part}x` : part)))
  // Two neighbours whose texts together are the same are two places.
  for (const other of [...moved, ['shop', 'settingSecret', 'payment_noticess', 'igningSecret'], place.slice(1), []])
    assert.throws(() => ring.decrypt(other, before), { code: 'secrets_unavailable' })
  assert.throws(() => new KeyRing([current]).decrypt(place, before), /the key [0-9a-f]{16}, .* is missing/)
  assert.throws(() => new KeyRing([]).encrypt(place, text), { code: 'secrets_unavailable' })
})

test('one that was changed, cut off or called by the id of another key is not read', () => {
  const ring = new KeyRing([current, old])
  const { keyId, ciphertext } = ring.encrypt(place, text)
  for (let at = 0; at < ciphertext.length; at++) {
    const changed = Buffer.from(ciphertext)
    changed[at] = (changed[at] as number) ^ 1
    assert.throws(() => ring.decrypt(place, { keyId, ciphertext: changed }), { code: 'secrets_unavailable' })
    assert.throws(() => ring.decrypt(place, { keyId, ciphertext: ciphertext.subarray(0, at) }))
  }
  assert.throws(() => ring.decrypt(place, { keyId: old.id, ciphertext }), { code: 'secrets_unavailable' })
})

test('it is AES-256-GCM as any library reads it: nonce of 12 bytes, text, tag of 16; the same text is never the same twice', () => {
  const ring = new KeyRing([current])
  const { ciphertext } = ring.encrypt(place, text)
  const decipher = createDecipheriv('aes-256-gcm', current.bytes, ciphertext.subarray(0, 12))
  decipher.setAAD(Buffer.from('["shop","settingSecret","payment_notices","signingSecret"]'))
  decipher.setAuthTag(ciphertext.subarray(-16))
  assert.deepEqual(Buffer.concat([decipher.update(ciphertext.subarray(12, -16)), decipher.final()]), text)
  assert.notDeepEqual(ring.encrypt(place, text).ciphertext, ciphertext)
})

test('keys are 32 bytes in base64, each once; an id follows from its key', () => {
  const words = [old, current].map(({ bytes }) => bytes.toString('base64'))
  assert.deepEqual(
    parseKeys(words.join(', '))?.map(({ id }) => id),
    [old.id, current.id],
  )
  assert.deepEqual(parseKeys(`${words.join('\n')}\n`), [old, current])
  for (const wrong of ['', 'short', words[0]?.slice(1), `${words[0]},${words[0]}`, `${words[0]}x`])
    assert.equal(parseKeys(wrong ?? ''), null)
  assert.equal(keyOf(Buffer.alloc(32)).id, keyOf(Buffer.alloc(32)).id)
  assert.match(old.id, /^[0-9a-f]{16}$/)
})
