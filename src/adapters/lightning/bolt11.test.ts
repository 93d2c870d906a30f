import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bech32 } from '@scure/base'
import { readLightningInvoice } from './bolt11.ts'
import vectors from './bolt11-vectors.json' with { type: 'json' }

const PAYEE = '03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad'
const HASH = '0001020304050607080900010203040506070809000102030405060708090102'
const CREATED = 1_496_314_658_000

test('BOLT 11: invoices of its examples are read, with amount, times and payee', () => {
  const [any, coffee, japanese, hashed, testnet, pico, capitals, metadata, highS] = vectors.valid.map(({ invoice }) =>
    readLightningInvoice(invoice),
  )
  const said = [any, coffee, japanese, hashed, testnet, pico, capitals, metadata, highS]
  for (const invoice of said.slice(0, -1)) assert.equal(invoice?.payee, PAYEE)
  // The other half of the same signature leads to another key, as the examples have it.
  assert.equal(highS?.payee, '02d0139ce7427d6dfffd26a326c18be754ef1e64672b42694ba5b23ef6e6e7803d')
  assert.deepEqual(coffee, {
    ...{ network: 'bitcoin', millisatoshi: 250_000_000n, createdAtMs: CREATED, expiresAtMs: CREATED + 60_000 },
    ...{ paymentHash: HASH, description: '1 cup coffee', descriptionHash: null, payee: PAYEE },
  })
  assert.deepEqual(
    said.map((invoice) => invoice?.millisatoshi),
    [
      null,
      250_000_000n,
      250_000_000n,
      2_000_000_000n,
      2_000_000_000n,
      967_878_534n,
      2_500_000_000n,
      1_000_000_000n,
      null,
    ],
  )
  assert.equal(any?.expiresAtMs, CREATED + 3_600_000)
  assert.equal((pico?.expiresAtMs ?? 0) - (pico?.createdAtMs ?? 0), 604_800_000)
  assert.deepEqual(
    [testnet?.network, japanese?.description, capitals?.description, metadata?.description],
    [...['bitcoin-testnet', 'ナンセンス 1杯', 'coffee beans', 'payment metadata inside']],
  )
  assert.equal(pico?.description, vectors.valid[5]?.says)
  const meal =
    'One piece of chocolate cake, one icecream cone, one pickle, one slice of swiss cheese, one slice of salami, one lollypop, one piece of cherry pie, one sausage, one cupcake, and one slice of watermelon'
  assert.equal(hashed?.descriptionHash, Buffer.from(sha256(new TextEncoder().encode(meal))).toString('hex'))
  assert.equal(readLightningInvoice(`lightning:${vectors.valid[1]?.invoice}`).payee, PAYEE)
})

test('BOLT 11: invoices that nobody should pay are refused, each for its reason', () => {
  for (const { says, invoice } of vectors.invalid)
    assert.throws(() => readLightningInvoice(invoice), new RegExp(says), says)
  for (const text of ['', 'lnbc1', 'bitcoin:x', 'x'.repeat(10_000)])
    assert.throws(() => readLightningInvoice(text), /no invoice of Lightning/)
})

test('fields that are cut off, of another length, twice or without end are refused before the signature is looked at', () => {
  const { prefix, words } = bech32.decode(vectors.valid[1]?.invoice as `${string}1${string}`, 7000)
  const [head, signature] = [words.slice(0, 7), words.slice(-104)]
  const fields = words.slice(7, -104)
  const of = (...more: readonly number[]): string =>
    bech32.encode(prefix, [...head, ...fields, ...more, ...signature], 7000)
  const description = [13, 0, 1, 0]
  const refused: readonly (readonly [readonly number[], RegExp])[] = [
    [[1, 1, 19, ...Array<number>(51).fill(0)], /the hash of the invoice has another length/],
    [[19, 1, 20, ...Array<number>(52).fill(0)], /the payee of the invoice has another length/],
    [[19, 1, 21, ...Array<number>(53).fill(0)], /signature of the invoice is wrong/],
    [description, /has its description twice/],
    [[23, 1, 20, ...Array<number>(52).fill(0)], /either in words or by their hash/],
    [[2, 31, 31], /cut off/],
    [[2, 0], /cut off/],
  ]
  for (const [more, says] of refused) assert.throws(() => readLightningInvoice(of(...more)), says, String(says))
  // What is not known is passed over; the signature covers it, so another key has signed.
  assert.notEqual(readLightningInvoice(of(2, 0, 1, 0)).payee, PAYEE)
  const made = (...more: readonly number[]): string =>
    bech32.encode(prefix, [...head, ...fields.slice(0, 110), ...more, ...signature], 7000)
  const letter = [13, 0, 2, ...bech32.toWords(Uint8Array.of(0x61))]
  assert.throws(() => readLightningInvoice(made(...letter, 6, 0, 8, ...Array<number>(8).fill(31))), /never expires/)
  const notText = made(13, 0, 2, ...bech32.toWords(Uint8Array.of(0xff)))
  assert.throws(() => readLightningInvoice(notText), /not UTF-8/)
})

test('an invoice that names its node is checked by that key, and its signature has one form', () => {
  const { prefix, words } = bech32.decode(vectors.valid[1]?.invoice as `${string}1${string}`, 7000)
  const secret = new Uint8Array(32).fill(7)
  const key = secp256k1.getPublicKey(secret)
  // Empty fields that nobody knows are added until all of it is whole bytes, as it is hashed.
  const body = [...words.slice(0, -104), 19, 1, 21, ...bech32.toWords(key)]
  while ((body.length * 5) % 8 !== 0) body.push(2, 0, 0)
  const hash = sha256(new Uint8Array([...new TextEncoder().encode(prefix), ...bech32.fromWords(body)]))
  const low = secp256k1.Signature.fromBytes(secp256k1.sign(hash, secret, { prehash: false }))
  const high = new secp256k1.Signature(low.r, secp256k1.Point.CURVE().n - low.s)
  const of = ({ r, s: other }: typeof low, recovery = 0): string =>
    bech32.encode(
      prefix,
      [...body, ...bech32.toWords(Uint8Array.of(...new secp256k1.Signature(r, other).toBytes(), recovery))],
      7000,
    )
  // The recovery number is of no account where the key is named.
  for (const recovery of [0, 1])
    assert.equal(readLightningInvoice(of(low, recovery)).payee, Buffer.from(key).toString('hex'))
  assert.throws(() => readLightningInvoice(of(high)), /signature of the invoice is wrong/)
})
