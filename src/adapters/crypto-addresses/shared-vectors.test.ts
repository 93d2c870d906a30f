/** All of the vectors that stand beside the project, not in it: BIP 21, 32 and 84, EIP-55 and 681, units, HD wallets, TRON. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { HDKey } from '@scure/bip32'
import { formatUnits, parseUnits } from '../../core/crypto/base-units.ts'
import { readBitcoinUri } from '../../core/crypto/bip21.ts'
import { readEvmUri } from '../../core/crypto/eip681.ts'
import { refuseSecrets } from '../../core/crypto/private-keys.ts'
import { readBitcoinAddress } from './bitcoin-addresses.ts'
import { evmAddressOf, evmAddressOfIcap, readEvmAddress } from './evm-addresses.ts'
import { base58check, childOf, publicKeyOf, readExtendedKey } from './extended-key.ts'
import { readTronAddress } from './tron-addresses.ts'
import { walletOfKey } from './wallet.ts'

const FOLDER = join(import.meta.dirname, '../../../../shared/data/crypto-address-vectors')
const skip = existsSync(FOLDER) ? false : 'needs ../shared/data/crypto-address-vectors'
const read = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T
const refused = (secret: string): void =>
  assert.throws(() => refuseSecrets(secret), /only ever takes public keys/, secret.slice(0, 4))

test('bip21.json', { skip }, () => {
  const { cases } = read<{
    cases: { uri: string; valid: boolean; address?: string; label?: string; message?: string; amount_sat?: string }[]
  }>('bip21.json')
  for (const one of cases) {
    if (!one.valid) {
      assert.throws(() => readBitcoinUri(one.uri), one.uri)
      continue
    }
    const uri = readBitcoinUri(one.uri)
    assert.equal(uri.address, one.address ?? '175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W')
    // A field that a case does not name is not looked at there.
    if (one.label !== undefined) assert.equal(uri.label, one.label)
    if (one.message !== undefined) assert.equal(uri.message, one.message)
    if (one.amount_sat !== undefined) assert.equal(String(uri.satoshi), one.amount_sat)
  }
  assert.equal(cases.length, 7)
})

test('bip32.json: keys are read, those of unhardened steps derived, and every private one refused', { skip }, () => {
  interface Vector {
    vector: number
    seed: string
    path: string
    xpub: string
    xprv: string
  }
  const { vectors } = read<{ vectors: Vector[] }>('bip32.json')
  let derived = 0
  for (const { vector, seed, path, xpub, xprv } of vectors) {
    const { key } = readExtendedKey(xpub)
    assert.equal(key.publicExtendedKey, xpub)
    assert.equal(HDKey.fromMasterSeed(Buffer.from(seed, 'hex')).derive(path).publicExtendedKey, xpub)
    refused(xprv)
    const [parentPath, step = ''] = [path.slice(0, path.lastIndexOf('/')), path.split('/').at(-1)]
    const parent = vectors.find((one) => one.vector === vector && one.path === parentPath)
    if (parent === undefined || !/^\d+$/.test(step)) continue
    assert.equal(childOf(readExtendedKey(parent.xpub).key, Number(step)).publicExtendedKey, xpub)
    derived++
  }
  assert.deepEqual([vectors.length, derived], [8, 4])
})

test('bip84.json: addresses of the account, receiving and change; its private keys and words are refused', {
  skip,
}, () => {
  const data = read<{
    mnemonic: string
    rootnode: string
    account0_xpriv: string
    addresses: { path: string; privkey: string; pubkey: string; address: string }[]
  }>('bip84.json')
  // The account's public key as the wallet shows it, which the vector itself has as a private one only.
  const bytes = base58check.decode(data.account0_xpriv)
  new DataView(bytes.buffer).setUint32(0, 0x04_88_ad_e4)
  const account = HDKey.fromExtendedKey(base58check.encode(bytes)).publicExtendedKey
  const wallet = walletOfKey(account, 'p2wpkh')
  for (const { path, privkey, pubkey, address } of data.addresses) {
    const [branch = 0, index = 0] = path.split('/').slice(-2).map(Number)
    const key = childOf(childOf(readExtendedKey(account).key, branch), index)
    assert.equal(Buffer.from(publicKeyOf(key)).toString('hex'), pubkey)
    if (branch === 0) assert.equal(wallet.addressAt(index), address)
    assert.equal(readBitcoinAddress(address)?.network, 'bitcoin')
    refused(privkey)
  }
  for (const secret of [data.mnemonic, data.rootnode, data.account0_xpriv]) refused(secret)
  assert.equal(data.addresses.length, 3)
})

test('eip55.json and eip55_accounts_300.json', { skip }, () => {
  const { checksummed } = read<{ checksummed: string[] }>('eip55.json')
  for (const address of checksummed) assert.deepEqual(readEvmAddress(address), { address, checksum: 'right' })
  const accounts =
    read<{ address: string; checksumAddress: string; icapAddress: string; privateKey?: string }[]>(
      'eip55_accounts_300.json',
    )
  for (const { address, checksumAddress, icapAddress, privateKey } of accounts) {
    assert.equal(readEvmAddress(address.toLowerCase())?.address, checksumAddress)
    assert.equal(readEvmAddress(checksumAddress)?.checksum, 'right')
    assert.equal(evmAddressOfIcap(icapAddress), checksumAddress)
    if (privateKey !== undefined) refused(privateKey)
  }
  assert.deepEqual([checksummed.length, accounts.length], [4, 300])
})

test('eip681.json', { skip }, () => {
  const { cases } = read<{
    cases: { uri: string; to: string; value_wei?: string; contract?: string; amount_atomic?: string }[]
  }>('eip681.json')
  for (const one of cases)
    assert.deepEqual(readEvmUri(one.uri), {
      ...{ chainId: null, contract: one.contract ?? null, to: one.to },
      units: BigInt(one.value_wei ?? one.amount_atomic ?? -1),
    })
  assert.equal(cases.length, 2)
})

test('eth_units_20.json: every unit, and as others write it', { skip }, () => {
  const rows = read<Record<string, string>[]>('eth_units_20.json')
  const digits: Readonly<Record<string, number>> = { kwei: 3, mwei: 6, gwei: 9, szabo: 12, finney: 15, ether: 18 }
  let count = 0
  for (const row of rows)
    for (const [name, decimals] of Object.entries(digits))
      for (const text of [row[name], row[`${name}_format`]].filter((one) => one !== undefined)) {
        const wei = BigInt(row['wei'] ?? 0)
        assert.equal(parseUnits(text, decimals), wei, text)
        // Those files write `1.0` where we write `1`.
        if (text === row[`${name}_format`]) assert.equal(formatUnits(wei, decimals), text.replace(/\.0$/, ''))
        count++
      }
  assert.ok(rows.length === 20 && count >= 40)
})

test('hdnode_200.json: accounts of 200 seeds, by public keys from the last hardened step on', { skip }, () => {
  interface Seed {
    mnemonic: string
    seed: string
    hdnodes: { path: string; address: string; privateKey: string }[]
  }
  const seeds = read<Seed[]>('hdnode_200.json')
  let count = 0
  for (const { mnemonic, seed, hdnodes } of seeds) {
    refused(mnemonic)
    const root = HDKey.fromMasterSeed(Buffer.from(seed.slice(2), 'hex'))
    for (const { path, address, privateKey } of hdnodes) {
      const steps = path.split('/')
      const cut = steps.findLastIndex((step) => step.endsWith("'")) + 1
      const account = cut < 2 ? root : root.derive(steps.slice(0, cut).join('/'))
      const rest = steps.slice(Math.max(1, cut)).map(Number)
      const key = rest.reduce(childOf, readExtendedKey(account.publicExtendedKey).key)
      assert.equal(evmAddressOf(publicKeyOf(key)).toLowerCase(), address)
      refused(privateKey)
      count++
    }
  }
  assert.ok(seeds.length === 200 && count > 0)
})

test('tron_addresses.json', { skip }, () => {
  const rows = read<{ base58: string; hex41?: string; evm?: string; expect?: string }[]>('tron_addresses.json')
  for (const { base58, hex41, evm, expect } of rows) {
    const address = readTronAddress(base58)
    if (expect !== undefined) {
      assert.equal(address, null)
      continue
    }
    assert.deepEqual([address?.address, address?.hex, address?.evm.toLowerCase()], [base58, hex41, evm])
    for (const text of [hex41, evm]) assert.equal(readTronAddress(String(text))?.address, base58)
  }
  assert.equal(rows.length, 7)
})
