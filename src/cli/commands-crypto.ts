import type { Cli } from './cli.ts'
import { toWhole } from './option-values.ts'

interface AddressOptions {
  readonly xpub?: string
  readonly descriptor?: string
  readonly kind?: string
  readonly from: string
  readonly count: string
}

export function addCryptoCommands({ program, runAlone }: Cli): void {
  const crypto = program
    .command('crypto')
    .description('addresses and payment URIs of a wallet that is only watched; needs no server, takes no private key')
  crypto
    .command('address')
    .description('the receiving addresses of a wallet, to be compared with what the wallet itself shows')
    .example(
      '--xpub zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs --count 2',
    )
    .option('--xpub <key>', 'extended public key of the account: xpub, ypub, zpub (or tpub, upub, vpub)')
    .option('--descriptor <text>', 'instead of a key: pkh(KEY/*), sh(wpkh(KEY/*)), wpkh(KEY/*) or tr(KEY/*)')
    .option('--kind <kind>', 'p2pkh, p2sh-p2wpkh, p2wpkh, p2tr, evm or tron; needed where the key is an xpub')
    .option('--from <index>', 'the first of them', '0')
    .option('--count <n>', 'how many, at most 1000', '5')
    .action(async ({ from, count, ...options }: AddressOptions) =>
      runAlone(async () => {
        const { firstAddresses } = await import('./crypto/addresses.ts')
        return firstAddresses({ ...options, from: toWhole('--from', from), count: toWhole('--count', count) })
      }),
    )
  crypto
    .command('uri')
    .description('a payment URI, as a code to be scanned has it: BIP 21, also with a Lightning invoice, or EIP-681')
    .example('--asset btc --address bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu --amount 0.0005')
    .requiredOption('--asset <code>', 'btc, eth, usdc-ethereum, usdc-base …')
    .requiredOption('--address <address>', 'who is paid')
    .option('--amount <amount>', 'in units of the asset, such as 0.0005')
    .option('--label <text>', 'who is paid, in words (Bitcoin)')
    .option('--message <text>', 'what for (Bitcoin)')
    .option('--lightning <invoice>', 'a BOLT 11 invoice for the same payment (Bitcoin)')
    .action(async (options: UriOptions) => runAlone(async () => (await import('./crypto/uris.ts')).writeUri(options)))
  crypto
    .command('read <uri>')
    .description('what a payment URI, an address or a Lightning invoice says, with its checksum or signature looked at')
    .example('bitcoin:bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu?amount=0.0005')
    .action(async (uri: string) => runAlone(async () => (await import('./crypto/uris.ts')).readUri(uri)))
}

interface UriOptions {
  readonly asset: string
  readonly address: string
  readonly amount?: string
  readonly label?: string
  readonly message?: string
  readonly lightning?: string
}
