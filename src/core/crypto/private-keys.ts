const BASE58 = '[1-9A-HJ-NP-Za-km-z]'

/** How secrets that can spend look, whatever stands around them. Whole words are looked at, so that no address is taken for one. */
const SECRETS: readonly (readonly [what: string, looks: RegExp])[] = [
  ['an extended private key', new RegExp(`(?<![0-9A-Za-z])[A-Za-z]prv${BASE58}{20}`)],
  ['a private key (WIF)', new RegExp(`(?<![0-9A-Za-z])(?:[59]${BASE58}{50}|[KLc]${BASE58}{51})(?![0-9A-Za-z])`)],
  ['an encrypted private key (BIP 38)', new RegExp(`(?<![0-9A-Za-z])6P${BASE58}{56}(?![0-9A-Za-z])`)],
  ['a private key in short form', new RegExp(`(?<![0-9A-Za-z])S(?:${BASE58}{21}|${BASE58}{29})(?![0-9A-Za-z])`)],
  ['32 bytes, which can be a private key', /(?<![0-9A-Za-z])(?:0x)?[0-9a-fA-F]{64}(?![0-9A-Za-z])/],
  // BIP 39, in any of its languages; accents may be letters of their own there. Nothing that is public consists of twelve words.
  ['seed words', /(?:^|[\s,])(?:[\p{L}\p{M}]{1,20}[\s,]+){11}[\p{L}\p{M}]{1,20}(?=$|[\s,])/u],
]

/** Longer texts hold no key: a limit, so that nothing is searched for long. */
const MAX_TEXT = 10_000

/**
 * Which secret stands in a text that somebody gives as a public key; null where none does. It is looked for before the text is read in any
 * other way, and never repeated in an answer or a log.
 */
export function secretIn(text: string): string | null {
  return SECRETS.find(([, looks]) => looks.test(text.slice(0, MAX_TEXT)))?.[0] ?? null
}

/** Refuses what can spend. The sentence is all that is told of it. */
export class PrivateKeyRefused extends Error {
  constructor(what: string) {
    super(
      `this looks like ${what}, which can spend what is in the wallet: Kvit only ever takes public keys, and has kept nothing of it. ` +
        'Give the extended public key (xpub, ypub, zpub) or a descriptor with it. If this was the key of a wallet with money, move the money: it has been typed',
    )
  }
}

/** @throws PrivateKeyRefused */
export function refuseSecrets(text: string): void {
  const what = secretIn(text)
  if (what !== null) throw new PrivateKeyRefused(what)
}
