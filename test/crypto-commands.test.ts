/** The commands of docs/crypto.md, with what the page shows of them; and what they refuse. No server, no process: the program is called. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import vectors from '../src/adapters/lightning/bolt11-vectors.json' with { type: 'json' }
import { createProgram } from '../src/cli/program.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../docs/crypto.md'), 'utf8')
const SHOWN = [...PAGE.matchAll(/^```sh\nkvit (crypto .*)\n```\n\n```text\n([\s\S]*?)```/gm)]

async function kvit(t: TestContext, args: readonly string[]): Promise<{ out: string; err: string; failed: boolean }> {
  const lines = { log: [] as string[], error: [] as string[] }
  for (const name of ['log', 'error'] as const)
    t.mock.method(console, name, (text: string) => void lines[name].push(`${text}\n`))
  const program = await createProgram(['crypto'])
  await program.parseAsync(args, { from: 'user' })
  t.mock.restoreAll()
  const failed = process.exitCode === 1
  process.exitCode = 0
  return { out: lines.log.join(''), err: lines.error.join(''), failed }
}

/** As a shell cuts it, for what stands on the page. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

for (const [, command = '', output] of SHOWN)
  test(`kvit ${command.slice(0, 60)}`, async (t) => {
    const { out, err } = await kvit(t, wordsOf(command))
    assert.equal(err, '')
    assert.equal(out, output)
  })

test('the page shows each of the commands', () => {
  assert.deepEqual(
    SHOWN.map(([, command = '']) => command.split(' ')[1]),
    ['address', 'address', 'uri', 'read'],
  )
})

const ZPUB = /zpub\w+/.exec(PAGE)?.[0] ?? ''
const XPUB = /xpub\w{80,}/.exec(PAGE)?.[0] ?? ''
const BTC = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu'
const EVM = '0x9858EfFD232B4033E47d90003D41EC34EcaEda94'
const COFFEE = String(vectors.valid[1]?.invoice)
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['address', /give either --xpub or --descriptor/],
  [`address --xpub ${ZPUB} --descriptor x`, /give either/],
  [`address --xpub ${ZPUB} --kind p2wsh`, /--kind is one of p2pkh, .*, evm, tron, not "p2wsh"/],
  [`address --xpub ${XPUB}`, /xpub does not say which addresses/],
  [`address --descriptor wpkh(${XPUB}/0/*) --kind evm`, /leave --kind out/],
  [`address --xpub ${ZPUB} --count 1001`, /--count is from 1 to 1000/],
  [`address --xpub ${ZPUB} --from -1`, /--from is an index/],
  [`address --xpub ${ZPUB} --from 2147483647 --count 2`, /--from is an index/],
  [
    'address --xpub KyZpNDKnfs94vbrwhJneDi77V6jF64PWPF8x5cdJb8ifgg2DUc9d',
    /^kvit: this looks like a private key \(WIF\), which can spend/,
  ],
  ['read 5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss', /only ever takes public keys/],
  ['read nonsense', /neither a URI/],
  [`read bitcoin:${BTC.replace('y8', 'y9')}`, /is no address of Bitcoin/],
  [`uri --asset doge --address ${BTC}`, /--asset is one of btc, /],
  [`uri --asset btc --address ${BTC.replace('y8', 'y9')}`, /a letter is missing or mistyped/],
  [`uri --asset tbtc --address ${BTC}`, /is an address of bitcoin, not of bitcoin-testnet/],
  [`uri --asset btc --address ${BTC} --amount 0.000000001`, /at most 8 digits/],
  [`uri --asset btc --address ${BTC} --amount 0`, /--amount is a number/],
  [`uri --asset eth --address ${EVM.replace('9858Ef', '9858EF')}`, /checksum of 0x9858EF\w+ is wrong/],
  [`uri --asset eth --address ${BTC}`, /is no address/],
  [`uri --asset eth --address ${EVM} --label x`, /no label/],
  [
    `uri --asset btc --address ${BTC} --amount 0.0024 --lightning ${COFFEE}`,
    /asks for 250000 satoshi, the URI for 240000/,
  ],
  [`read bitcoin:${BTC}?lightning=${COFFEE}`, /asks for 250000 satoshi, the URI for any number/],
  [`read bitcoin:${BTC}?amount=0.0025&lightning=${COFFEE}x`, /no invoice of Lightning/],
  [
    `uri --asset btc --address ${BTC} --amount 0.02 --lightning ${vectors.valid[4]?.invoice}`,
    /of bitcoin-testnet, the address of bitcoin/,
  ],
  ['uri --asset usdt-tron --address TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', /show address and amount/],
]

test('what is refused, and why', async (t) => {
  for (const [command, says] of REFUSED) {
    const { out, err, failed } = await kvit(t, ['crypto', ...command.split(' ')])
    assert.deepEqual([out, failed], ['', true], command)
    assert.match(err, says, command)
  }
})

test('what else is read and written', async (t) => {
  const says = async (command: string): Promise<unknown> =>
    JSON.parse((await kvit(t, ['--json', 'crypto', ...command.split(' ')])).out)
  const usdt = '0xdAC17F958D2ee523a2206206994597C13D831ec7'
  assert.deepEqual(await says(`read ethereum:${usdt}/transfer?address=${EVM}&uint256=1`), {
    ...{ network: 'ethereum', chainId: '1', asset: 'usdt-ethereum', contract: usdt, address: EVM, checksum: 'right' },
    ...{ amount: '0.000001', baseUnits: '1' },
  })
  assert.deepEqual(await says(`read ${EVM.toLowerCase()}`), { network: 'evm', address: EVM, checksum: 'none' })
  assert.deepEqual(await says('read TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'), {
    ...{ network: 'tron', address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' },
    ...{ hex: '41a614f803b6fd780986a42c78ec9c7f77e6ded13c', evm: '0xa614f803B6FD780986A42c78Ec9c7f77e6DeD13C' },
  })
  assert.equal(
    await says(`uri --asset eth --address ${EVM} --amount 0.5`),
    `ethereum:${EVM}@1?value=500000000000000000`,
  )
  assert.equal(
    await says(`uri --asset btc --address ${BTC.toUpperCase()} --amount 0.00050 --message A&B`),
    `bitcoin:${BTC}?amount=0.0005&message=A%26B`,
  )
  const unified = `bitcoin:${BTC}?amount=0.0025&lightning=${COFFEE}`
  assert.equal(await says(`uri --asset btc --address ${BTC} --amount 0.0025 --lightning ${COFFEE}`), unified)
  assert.equal(((await says(`read ${unified}`)) as { satoshi: string }).satoshi, '250000')
  assert.deepEqual(await says(`read lightning:${COFFEE}`), {
    ...{ network: 'bitcoin', satoshi: '250000', description: '1 cup coffee' },
    ...{ createdAt: '2017-06-01T10:57:38.000Z', expiresAt: '2017-06-01T10:58:38.000Z' },
    paymentHash: '0001020304050607080900010203040506070809000102030405060708090102',
    payee: '03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad',
  })
  const { fingerprint, ...wallet } = (await says(`address --xpub ${ZPUB} --count 1`)) as Record<string, unknown>
  assert.match(String(fingerprint), /^[0-9a-f]{8}$/)
  assert.deepEqual(wallet, { kind: 'p2wpkh', isTest: false, addresses: [{ path: '0/0', address: BTC }] })
})
