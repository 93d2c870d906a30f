/** Words of names that say what kind of company or person it is: who pays leaves them out, or writes them otherwise. */
const FORMS = new Set(
  `AB AG AS BV BVBA CO CORP CV DOO DR EG EIRL EK EOOD EV FOP FRAU GBR GMBH HERR INC KFT KG LDA LLC LLP LTD LTDA MBH MR MRS MS NV OHG OOD OOO OU OY
   PLC PTE PTY SA SARL SAS SE SL SP SPA SPZOO SRL SRO TOV UAB UG UND AND VOF ZOO`.split(/\s+/),
)

/** The words of a name as they are compared: capitals, without accents and legal forms, each once, in order of the alphabet. */
export function nameWords(name: string): string[] {
  const words = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/(?<=\b\p{L})\./gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replaceAll('AE', 'A').replaceAll('OE', 'O').replaceAll('UE', 'U'))
  return [...new Set(words.filter((word) => word.length > 1 && !FORMS.has(word)))].toSorted()
}

/**
 * How alike two names are, in thousandths: 1000 where their words are the same in any order, else by the pairs of letters that they have
 * in common (Dice). `Müller, Anna` and `Anna Mueller GmbH` are 1000; `Anna Muller` and `Ana Muler` some 800.
 */
export function nameLikeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  if (a.join(' ') === b.join(' ')) return 1000
  const [pairsA, pairsB] = [pairsOf(a), pairsOf(b)]
  const left = new Map<string, number>()
  for (const pair of pairsA) left.set(pair, (left.get(pair) ?? 0) + 1)
  let common = 0
  for (const pair of pairsB) {
    const count = left.get(pair) ?? 0
    if (count === 0) continue
    left.set(pair, count - 1)
    common++
  }
  return Math.floor((2000 * common) / (pairsA.length + pairsB.length))
}

function pairsOf(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const padded = ` ${word} `
    return Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2))
  })
}
