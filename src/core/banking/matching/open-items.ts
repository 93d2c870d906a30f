import { creditorReference, qrReference } from '../../payment-codes/references.ts'
import { MIN_REFERENCE, normalReference } from '../references.ts'
import { nameWords } from './names.ts'

/** An account that money can be for. */
export interface Payee {
  readonly id: string
  readonly key: string
  readonly customerKey: string
  readonly customerName: string
}

/** An invoice; one that is paid has nothing open, and still names its account. */
export interface OpenItem {
  readonly id: string
  readonly number: string
  readonly accountId: string
  openMinor: bigint
  readonly dueOn: string
}

/** What is known before a payment is looked at. All of one currency. */
export interface KnownMoney {
  readonly accounts: readonly Payee[]
  readonly items: readonly OpenItem[]
  /** IBANs that have paid before, with the accounts they paid for. */
  readonly payers: ReadonlyMap<string, readonly string[]>
}

/** Who shares something with more than so many others is not found by it: a frequent word of names, a frequent amount. */
const MANY = 50
/** Words of a name that are looked at in pairs. */
const MAX_WORDS = 6

/** Where something is found by what payers write. Made once for many payments. */
export class OpenItems {
  readonly accounts = new Map<string, Payee & { readonly words: readonly string[] }>()
  readonly itemsOf = new Map<string, OpenItem[]>()
  readonly payers: ReadonlyMap<string, readonly string[]>
  private readonly byNumber = new Map<string, OpenItem[]>()
  private readonly byStructured = new Map<string, OpenItem[]>()
  private readonly accountsByKey = new Map<string, string[]>()
  private readonly accountsByStructured = new Map<string, string[]>()
  private readonly accountsByWord = new Map<string, string[]>()
  private readonly byAmount = new Map<bigint, OpenItem[]>()

  constructor({ accounts, items, payers }: KnownMoney) {
    this.payers = payers
    for (const account of accounts) {
      const words = nameWords(account.customerName)
      this.accounts.set(account.id, { ...account, words })
      for (const word of [...words, ...pairsOf(words)]) push(this.accountsByWord, word, account.id)
      for (const key of new Set([account.key, account.customerKey].map(normalReference)))
        if (key.length >= MIN_REFERENCE) push(this.accountsByKey, key, account.id)
      for (const reference of structuredOf(account.key)) push(this.accountsByStructured, reference, account.id)
    }
    for (const item of items) {
      push(this.itemsOf, item.accountId, item)
      push(this.byNumber, normalReference(item.number), item)
      for (const reference of structuredOf(item.number)) push(this.byStructured, reference, item)
      if (item.openMinor > 0n) push(this.byAmount, item.openMinor, item)
    }
    for (const list of this.itemsOf.values()) list.sort((a, b) => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1))
  }

  numbered(reference: string): readonly OpenItem[] {
    return this.byNumber.get(reference) ?? []
  }

  /** By a reference of ISO 11649, or of a Swiss QR bill. */
  structured(reference: string): { readonly items: readonly OpenItem[]; readonly accounts: readonly string[] } {
    const plain = normalReference(reference)
    return { items: this.byStructured.get(plain) ?? [], accounts: this.accountsByStructured.get(plain) ?? [] }
  }

  keyed(reference: string): readonly string[] {
    return this.accountsByKey.get(reference) ?? []
  }

  /** Accounts whose names share a word, or two words, that are not in many names. */
  named(words: readonly string[]): Set<string> {
    return new Set([...words, ...pairsOf(words)].flatMap((word) => few(this.accountsByWord.get(word))))
  }

  /** Whether a word of a name says much: others of the same name would be seen. */
  isTelling(words: readonly string[]): boolean {
    return words.some((word) => few(this.accountsByWord.get(word)).length > 0)
  }

  ofAmount(minor: bigint): readonly OpenItem[] {
    return few(this.byAmount.get(minor)).filter(({ openMinor }) => openMinor === minor)
  }

  /** What is open of an invoice has changed since. */
  setOpen(id: string, accountId: string, openMinor: bigint): void {
    const item = this.itemsOf.get(accountId)?.find((one) => one.id === id)
    if (item !== undefined) item.openMinor = openMinor
  }
}

/** The structured references that a number or a key is printed as. */
function structuredOf(text: string): string[] {
  return [creditorReference(text), qrReference(text)].filter((one) => one !== null)
}

function pairsOf(words: readonly string[]): string[] {
  return words.flatMap((word, at) => words.slice(at + 1, at + MAX_WORDS).map((other) => `${word} ${other}`))
}

function few<T>(list: readonly T[] | undefined): readonly T[] {
  return list === undefined || list.length > MANY ? [] : list
}

function push<K, V>(map: Map<K, V[]>, name: K, value: V): void {
  const list = map.get(name)
  if (list === undefined) map.set(name, [value])
  else list.push(value)
}
