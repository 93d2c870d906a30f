/**
 * Addresses of watched wallets. Vectors are those of the public documents that name them: BIP 32, 49, 84, 86, 173, 350 and 380, SLIP-132,
 * EIP-55; all of the wallets are of the seed "abandon … about", which these documents share, so no key here is anybody's.
 */
import assert from 'node:assert/strict'
import { pbkdf2Sync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { HDKey } from '@scure/bip32'
import { descriptorChecksum } from '../../core/crypto/descriptor-checksum.ts'
import { CRYPTO_ASSETS, findNetwork } from '../../core/crypto/networks.ts'
import { PrivateKeyRefused } from '../../core/crypto/private-keys.ts'
import { readBitcoinAddress } from './bitcoin-addresses.ts'
import { evmAddressOfIcap, readEvmAddress } from './evm-addresses.ts'
import { base58check, childOf, readExtendedKey } from './extended-key.ts'
import { readTronAddress } from './tron-addresses.ts'
import { type AddressKind, walletOfDescriptor, walletOfKey } from './wallet.ts'

const WORDS = `${'abandon '.repeat(11)}about`
const root = HDKey.fromMasterSeed(pbkdf2Sync(WORDS, 'mnemonic', 2048, 64, 'sha512'))
const accountOf = (path: string): string => root.derive(path).publicExtendedKey

const UPUB =
  'upub5EFU65HtV5TeiSHmZZm7FUffBGy8UKeqp7vw43jYbvZPpoVsgU93oac7Wk3u6moKegAEWtGNF8DehrnHtv21XXEMYRUocHqguyjknFHYfgY'
const YPUB =
  'ypub6Ww3ibxVfGzLrAH1PNcjyAWenMTbbAosGNB6VvmSEgytSER9azLDWCxoJwW7Ke7icmizBMXrzBx9979FfaHxHcrArf3zbeJJJUZPf663zsP'
const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs'
const XPUB86 =
  'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ'
/** BIP 86, all three addresses of its page: receiving 0 and 1, change 0. */
const TAPROOT = [
  'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
  'bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh',
  'bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7',
] as const

const WALLETS: readonly (readonly [string, string, AddressKind | undefined, readonly string[]])[] = [
  ['BIP 44', accountOf("m/44'/0'/0'"), 'p2pkh', ['1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA']],
  ['BIP 49, testnet', UPUB, undefined, ['2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2']],
  ['BIP 49, SLIP-132', YPUB, undefined, ['37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf']],
  [
    'BIP 84',
    ZPUB,
    'p2wpkh',
    ['bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu', 'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g'],
  ],
  ['BIP 86', XPUB86, 'p2tr', TAPROOT.slice(0, 2)],
  ['an account of Ethereum', accountOf("m/44'/60'/0'"), 'evm', ['0x9858EfFD232B4033E47d90003D41EC34EcaEda94']],
  ['an account of TRON', accountOf("m/44'/195'/0'"), 'tron', ['TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH']],
]

for (const [title, key, kind, addresses] of WALLETS)
  test(`${title}: the first addresses of the wallet`, () => {
    const wallet = walletOfKey(` ${key}\n`, kind)
    assert.deepEqual(
      addresses.map((_, index) => wallet.addressAt(index)),
      addresses,
    )
    assert.equal(wallet.path, '0/*')
    for (const address of addresses) {
      if (wallet.kind === 'evm') assert.deepEqual(readEvmAddress(address), { address, checksum: 'right' })
      else if (wallet.kind === 'tron') assert.equal(readTronAddress(address)?.address, address)
      else assert.equal(readBitcoinAddress(address)?.network, wallet.isTest ? 'bitcoin-testnet' : 'bitcoin')
    }
  })

test('the same wallet by its descriptor, with origin, steps and checksum', () => {
  const zpub = walletOfKey(ZPUB)
  const xpub = accountOf("m/84'/0'/0'")
  const body = `wpkh([73c5da0a/84'/0h/0']${xpub}/0/*)`
  const wallet = walletOfDescriptor(`${body}#${descriptorChecksum(body)}`)
  for (const index of [0, 1, 19, 2 ** 31 - 1]) assert.equal(wallet.addressAt(index), zpub.addressAt(index))
  assert.equal(wallet.fingerprint, zpub.fingerprint)
  const at = (text: string): string => walletOfDescriptor(text).addressAt(0)
  assert.equal(at(`tr(${XPUB86}/0/*)`), TAPROOT[0])
  assert.equal(at(`tr([73c5da0a/86'/0'/0']${XPUB86}/<0;1>/*)`), TAPROOT[0])
  assert.equal(at(`tr(${XPUB86}/<1;12>/*)`), TAPROOT[2])
  assert.equal(walletOfDescriptor(`tr(${XPUB86}/*)`).path, '*')
  assert.equal(at(`pkh(${accountOf("m/44'/0'/0'")}/0/*)`), '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA')
  assert.equal(at(`sh(wpkh(${accountOf("m/49'/0'/0'")}/0/*))`), '37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf')
})

test('BIP 380: checksums of descriptors', () => {
  assert.equal(descriptorChecksum('raw(deadbeef)'), '89f8spxm')
  assert.notEqual(descriptorChecksum('raw(deedbeef)'), '89f8spxm')
  assert.equal(descriptorChecksum('raw(Ü)'), null)
  const good = `wpkh(${accountOf("m/84'/0'/0'")}/0/*)`
  const sum = String(descriptorChecksum(good))
  assert.doesNotThrow(() => walletOfDescriptor(`${good}#${sum}`))
  const wrong = [`${good}#`, `${good}#${sum}x`, `${good}#${sum.slice(1)}`, `${good}##${sum.slice(1)}`]
  for (const text of [...wrong, `${good.replace('/0/', '/1/')}#${sum}`])
    assert.throws(() => walletOfDescriptor(text), /checksum behind # does not fit/, text)
  assert.throws(() => walletOfDescriptor(`${good.replace('wpkh', 'wpkhÜ')}#${sum}`), /none of those/)
})

/** Of the same seed: what must never be taken, wherever it stands. */
const PRIVATE: readonly (readonly [string, string])[] = [
  ['xprv', root.derive("m/84'/0'/0'").privateExtendedKey],
  [
    'zprv',
    'zprvAdG4iTXWBoARxkkzNpNh8r6Qag3irQB8PzEMkAFeTRXxHpbF9z4QgEvBRmfvqWvGp42t42nvgGpNgYSJA9iefm1yYNZKEm7z6qUWCroSQnE',
  ],
  [
    'uprv',
    'uprv91G7gZkzehuMVxDJTYE6tLivdF8e4rvzSu1LFfKw3b2Qx1Aj8vpoFnHdfUZ3hmi9jsvPifmZ24RTN2KhwB8BfMLTVqaBReibyaFFcTP1s9n',
  ],
  ['WIF, compressed', 'KyZpNDKnfs94vbrwhJneDi77V6jF64PWPF8x5cdJb8ifgg2DUc9d'],
  ['WIF, uncompressed', '5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss'],
  ['WIF, testnet', 'cULrpoZGXiuC19Uhvykx7NugygA3k86b3hmdCeyvHYQZSxojGyXJ'],
  ['hexadecimal', '0xb96e9ccb774cc33213cbcb2c69d3cdae17b0fe4888a1ccd343cbd1a17fd98b18'],
  ['hexadecimal without 0x', 'c9bdb49cfbaedca21c4b1f3a7803c34636b1d7dc55a717132443fc3f4c5867e8'],
  ['seed words', WORDS],
  ['seed words of a list', WORDS.replaceAll(' ', ', ')],
  ['seed words in capitals', WORDS.toUpperCase()],
  ['a private key with the prefix of a public one', disguised()],
]

function disguised(): string {
  const bytes = base58check.decode(root.privateExtendedKey)
  new DataView(bytes.buffer).setUint32(0, 0x04_88_b2_1e)
  return base58check.encode(bytes)
}

for (const [what, secret] of PRIVATE)
  test(`no private key is taken, and none is repeated: ${what}`, () => {
    for (const read of [
      () => walletOfKey(secret, 'p2wpkh'),
      () => walletOfKey(` ${secret} `, 'evm'),
      () => walletOfDescriptor(`wpkh(${secret}/0/*)`),
      () => walletOfDescriptor(`tr([73c5da0a/86'/0'/0']${secret}/<0;1>/*)`),
    ]) {
      // Words stand apart from others; within a descriptor they are no descriptor.
      if (secret.includes(' ') && read.toString().includes('Descriptor')) continue
      assert.throws(read, (error: Error) => {
        assert.ok(error instanceof PrivateKeyRefused, error.message)
        return !error.message.includes(secret.slice(0, 12)) && error.message.includes('only ever takes public keys')
      })
    }
  })

test('no file of the product makes, reads or uses a private key', () => {
  const ROOT = join(import.meta.dirname, '../../..')
  const names =
    /fromMasterSeed|mnemonicTo|privateKeyTo|signECDSA|signSchnorr|randomPrivateKey|\bWIF\(|\.privateExtendedKey|\.privateKey\b|secp256k1\.sign|randomSecretKey/
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [name, readFileSync(join(ROOT, 'src', name), 'utf8')] as const)
    .filter(([, text]) => /@scure|@noble|core\/crypto/.test(text))
  assert.ok(files.length >= 5)
  assert.deepEqual(
    files.filter(([, text]) => names.test(text)).map(([name]) => name),
    [],
  )
})

const MISTAKES: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['a letter is wrong', () => walletOfKey(ZPUB.replace('Q', 'R')), /its checksum is wrong/],
  [
    'an address instead of a key',
    () => walletOfKey('1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA'),
    /has 78 bytes, and this has 21/,
  ],
  ['another kind than the prefix says', () => walletOfKey(ZPUB, 'p2tr'), /addresses are p2wpkh, not p2tr/],
  ['no kind where the prefix says none', () => walletOfKey(XPUB86), /does not say which addresses/],
  [
    'a key of testnet for EVM',
    () => walletOfKey(reprefixed(0x04_35_87_cf), 'evm'),
    /testnet; networks of evm take an xpub/,
  ],
  [
    'a key of several signers',
    () => walletOfKey(reprefixed(0x02_aa_7e_d3)),
    /Zpub is the key of one of several signers/,
  ],
  ['a foreign prefix', () => walletOfKey(reprefixed(0x01_02_03_04)), /none of xpub, ypub/],
  ['a key behind the account', () => walletOfKey(accountOf("m/84'/0'/0'/0"), 'p2wpkh'), /4 steps deep/],
  ['a hardened step', () => walletOfDescriptor(`wpkh(${XPUB86}/0h/*)`), /needs the private key/],
  ['hardened addresses', () => walletOfDescriptor(`wpkh(${XPUB86}/0/*')`), /needs the private key/],
  ['one address for all', () => walletOfDescriptor(`wpkh(${XPUB86}/0/0)`), /one address for each payment/],
  [
    'a plain key',
    () => walletOfDescriptor('wpkh(0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c)'),
    /one address for each/,
  ],
  ['several signers', () => walletOfDescriptor(`wsh(multi(1,${XPUB86}/0/*))`), /of one key/],
  ['a prefix that descriptors do not know', () => walletOfDescriptor(`wpkh(${ZPUB}/0/*)`), /as xpub or tpub, not zpub/],
  ['a step beyond 31 bits', () => walletOfDescriptor(`wpkh(${XPUB86}/2147483648/*)`), /from 0 to 2147483647/],
  ['an index beyond 31 bits', () => walletOfKey(ZPUB).addressAt(2 ** 31), /from 0 to 2147483647/],
  ['a text without end', () => walletOfDescriptor(`wpkh(${'1'.repeat(9000)})`), /at most 500/],
]

function reprefixed(version: number): string {
  const bytes = base58check.decode(XPUB86)
  new DataView(bytes.buffer).setUint32(0, version)
  return base58check.encode(bytes)
}

for (const [title, read, says] of MISTAKES) test(`refused: ${title}`, () => assert.throws(read, says))

test('BIP 32: public keys of a public key are those of the private one', () => {
  const parent = root.derive("m/84'/0'/0'")
  const { key } = readExtendedKey(parent.publicExtendedKey)
  for (const index of [0, 7, 2 ** 31 - 1])
    assert.equal(childOf(key, index).publicExtendedKey, parent.deriveChild(index).publicExtendedKey)
})

test('BIP 173 and 350: addresses of Bitcoin are read with their network and script', () => {
  const read: readonly (readonly [string, string, string])[] = [
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bitcoin', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    ['tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'bitcoin-testnet', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    ['bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080', 'bitcoin-regtest', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      'bitcoin',
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
    [TAPROOT[0], 'bitcoin', '5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c'],
    ['2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2', 'bitcoin-testnet', 'a914336caa13e08b96080a32b5d818d59b4ab3b3674287'],
  ]
  for (const [text, network, script] of read)
    assert.deepEqual(readBitcoinAddress(text), {
      network,
      address: text.startsWith('BC1') ? text.toLowerCase() : text,
      script,
    })
  for (const text of [
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5',
    'tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty',
    // Of a version that needs bech32m, in bech32.
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd',
    'Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB',
    '',
    'x'.repeat(10_000),
  ])
    assert.equal(readBitcoinAddress(text), null, text.slice(0, 50))
})

test('EIP-55: letters are a checksum, unless all are of one case', () => {
  const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
  assert.deepEqual(readEvmAddress(address), { address, checksum: 'right' })
  assert.deepEqual(readEvmAddress(address.toLowerCase()), { address, checksum: 'none' })
  assert.deepEqual(readEvmAddress(`0x${address.slice(2).toUpperCase()}`), { address, checksum: 'none' })
  assert.equal(readEvmAddress(address.replace('aA', 'AA'))?.checksum, 'wrong')
  // All of it digits: right and without letters.
  assert.equal(readEvmAddress(`0x${'1'.repeat(40)}`)?.checksum, 'right')
  for (const text of ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe', 'kvit.eth', address.slice(2)])
    assert.equal(readEvmAddress(text), null)
  assert.equal(evmAddressOfIcap('XE50000000000000000000000000000000'), `0x${'0'.repeat(40)}`)
  for (const code of ['XE51000000000000000000000000000000', 'XE5000000', 'DE89370400440532013000'])
    assert.equal(evmAddressOfIcap(code), null)
})

test('TRON: base58check, hexadecimal and the form of contracts are one address', () => {
  const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  const read = readTronAddress(USDT)
  assert.equal(read?.hex, '41a614f803b6fd780986a42c78ec9c7f77e6ded13c')
  for (const text of [read?.hex, `0x${read?.hex}`, read?.evm, read?.evm.toLowerCase()])
    assert.deepEqual(readTronAddress(String(text)), read)
  for (const text of [
    USDT.replace(/t$/, 'T'),
    '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA',
    '42a614f803b6fd780986a42c78ec9c7f77e6ded13c',
    // With the checksum of EIP-55 wrong.
    '0xA614f803B6FD780986A42c78Ec9c7f77e6DeD13C',
  ])
    assert.equal(readTronAddress(text), null)
})

test('contracts of tokens are written with their checksum right', () => {
  const tokens = CRYPTO_ASSETS.filter(({ contract }) => contract !== null)
  assert.ok(tokens.length >= 8)
  for (const { code, contract, network } of tokens) {
    if (findNetwork(network)?.family === 'tron')
      assert.equal(readTronAddress(String(contract))?.address, contract, code)
    else assert.equal(readEvmAddress(String(contract))?.checksum, 'right', code)
  }
})
