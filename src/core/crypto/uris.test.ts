import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type BitcoinUri, readBitcoinUri, writeBitcoinUri } from './bip21.ts'
import { readEvmUri, writeEvmUri } from './eip681.ts'
import { nextAddress } from './gap-limit.ts'
import { secretIn } from './private-keys.ts'

const ADDRESS = '175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W'
const PLAIN: BitcoinUri = { address: ADDRESS, satoshi: null, label: null, message: null, lightning: null }

test('BIP 21: what a URI says', () => {
  const says: readonly (readonly [string, Partial<BitcoinUri>])[] = [
    [`bitcoin:${ADDRESS}`, {}],
    [`BITCOIN:${ADDRESS}`, {}],
    [`bitcoin:${ADDRESS}?amount=20.3&label=Luke-Jr`, { satoshi: 2_030_000_000n, label: 'Luke-Jr' }],
    [
      `bitcoin:${ADDRESS}?amount=50&message=Donation%20for%20project%20xyz`,
      { satoshi: 5_000_000_000n, message: 'Donation for project xyz' },
    ],
    [`bitcoin:${ADDRESS}?amount=.00000001`, { satoshi: 1n }],
    [`bitcoin:${ADDRESS}?somethingyoudontunderstand=50`, {}],
    // In capitals, codes need less room.
    [`BITCOIN:BC1QX?AMOUNT=0.1&LIGHTNING=LNBC1`, { address: 'BC1QX', satoshi: 10_000_000n, lightning: 'LNBC1' }],
    ['bitcoin:?lightning=lnbc1', { address: '', lightning: 'lnbc1' }],
  ]
  for (const [uri, fields] of says) assert.deepEqual(readBitcoinUri(uri), { ...PLAIN, ...fields }, uri)
})

test('BIP 21: what nobody should pay by', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    [`bitcoin:${ADDRESS}?req-somethingyoudontunderstand=50`, /requires req-something/],
    [`bitcoin:${ADDRESS}?amount=50,000.00`, /no number of bitcoin/],
    [`bitcoin:${ADDRESS}?amount=-1`, /no number of bitcoin/],
    [`bitcoin:${ADDRESS}?amount=1e3`, /no number of bitcoin/],
    [`bitcoin:${ADDRESS}?amount=0.000000001`, /at most 8 digits/],
    [`bitcoin:${ADDRESS}?amount=`, /no number of bitcoin/],
    [`bitcoin:${ADDRESS}?amount=1&amount=2`, /stands twice/],
    [`bitcoin:${ADDRESS}?label=%FF`, /percent-encoded/],
    ['bitcoin:', /no address/],
    [`litecoin:${ADDRESS}`, /no URI of Bitcoin/],
    [`bitcoin:${ADDRESS}?label=${'x'.repeat(4000)}`, /no URI of Bitcoin/],
  ]
  for (const [uri, says] of refused) assert.throws(() => readBitcoinUri(uri), says, uri.slice(0, 80))
})

test('what is written is read as it was, in any letters', () => {
  const text = fc.option(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }))
  const units = fc.option(fc.bigInt({ min: 0n, max: 21n * 10n ** 14n }))
  fc.assert(
    fc.property(units, text, text, (satoshi, label, message) => {
      const uri = { ...PLAIN, satoshi, label, message }
      assert.deepEqual(readBitcoinUri(writeBitcoinUri(uri)), uri)
    }),
  )
  const [to, contract] = [`0x${'ab'.repeat(20)}`, `0x${'cd'.repeat(20)}`]
  fc.assert(
    fc.property(
      fc.option(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })),
      fc.boolean(),
      fc.option(fc.constantFrom(1n, 137n)),
      (amount, isToken, chainId) => {
        const uri = { chainId, contract: isToken ? contract : null, to, units: amount }
        assert.deepEqual(readEvmUri(writeEvmUri(uri)), uri)
      },
    ),
  )
})

test('EIP-681: what a URI asks for, and what nobody should pay by', () => {
  const [to, token] = ['0xfb6916095ca1df60bb79Ce92ce3ea74c37c5d359', '0x89205a3a3b2a69de6dbf7f01ed13b2108b2c43e7']
  const says: readonly (readonly [string, bigint | null, string | null, bigint | null])[] = [
    [`ethereum:${to}?value=2.014e18`, null, null, 2_014_000_000_000_000_000n],
    [`ethereum:pay-${to}@137?value=5`, 137n, null, 5n],
    [`ethereum:${to}`, null, null, null],
    [`ethereum:${to}?value=1.50e2&gas=21000`, null, null, 150n],
    [`ethereum:${token}/transfer?address=${to}&uint256=1`, null, token, 1n],
    [`ethereum:${token}@8453/transfer?address=${to}&uint256=1.5e6`, 8453n, token, 1_500_000n],
  ]
  for (const [uri, chainId, contract, units] of says)
    assert.deepEqual(readEvmUri(uri), { chainId, contract, to, units }, uri)
  const refused: readonly (readonly [string, RegExp])[] = [
    [`ethereum:${to}?value=0.5`, /no whole number/],
    [`ethereum:${to}?value=2.0145e3`, /no whole number/],
    [`ethereum:${to}?value=-1`, /no whole number/],
    [`ethereum:${to}?value=`, /no whole number/],
    [`ethereum:${to}?value=1e78`, /more than 256 bits/],
    [`ethereum:${to}?value=1&value=2`, /stands twice/],
    [`ethereum:${token}/approve?address=${to}&uint256=1`, /no transfer/],
    [`ethereum:${token}/transfer?uint256=1`, /no address to pay to/],
    [`ethereum:${token}/transfer?address=kvit.eth&uint256=1`, /no address to pay to/],
    [`ethereum:${token}/transfer?address=${to}&uint256=1&value=1`, /no value of the coin/],
    ['ethereum:kvit.eth?value=1', /names \(ENS\) are not looked up/],
    [`ethereum:${to.slice(0, -1)}`, /no URI of a payment/],
  ]
  for (const [uri, why] of refused) assert.throws(() => readEvmUri(uri), why, uri)
})

test('the next address is never one that was given or paid, and says when a wallet would not find it', () => {
  const rows: readonly (readonly [number, number | null, ReturnType<typeof nextAddress>])[] = [
    [0, null, { index: 0, left: 19, isBeyondGap: false }],
    [19, null, { index: 19, left: 0, isBeyondGap: false }],
    [20, null, { index: 20, left: 0, isBeyondGap: true }],
    [20, 0, { index: 20, left: 0, isBeyondGap: false }],
    [21, 0, { index: 21, left: 0, isBeyondGap: true }],
    [30, 25, { index: 30, left: 15, isBeyondGap: false }],
    // What was given is lost with a database: the chain knows of an address behind.
    [3, 25, { index: 26, left: 19, isBeyondGap: false }],
  ]
  for (const [given, lastPaid, expected] of rows) assert.deepEqual(nextAddress(given, lastPaid), expected)
  assert.deepEqual(nextAddress(5, null, 5), { index: 5, left: 0, isBeyondGap: true })
})

test('no address, public key or invoice is taken for a secret', () => {
  for (const text of [
    ADDRESS,
    'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
    'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    '0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c',
    'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ',
    'please pay the invoice of last month',
  ])
    assert.equal(secretIn(text), null, text)
  assert.equal(secretIn(`key: ${'S'}${'6'.repeat(21)}`), 'a private key in short form')
  assert.equal(secretIn(`6P${'R'.repeat(56)}`), 'an encrypted private key (BIP 38)')
})
