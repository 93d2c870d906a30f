/** Edits (insert, delete, replace) from one word to another: Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replace, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** Longest word that is compared: names are shorter, and comparing takes the length of one times that of the other. */
const LONGEST = 100

/** The word that was probably meant, if one is close enough to be. */
export function closestSpelling(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined
  const [best] = [...candidates]
    .filter(({ length }) => length <= LONGEST)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined
}

/** `; did you mean "graduated"?` when one of the words is close, else nothing or what there is. */
export function suggestSpelling(word: string, candidates: Iterable<string>): string {
  const known = [...candidates]
  const best = closestSpelling(word, known)
  if (best !== undefined) return `; did you mean "${best}"?`
  const isShort = known.length > 0 && known.length <= 12 && known.every(({ length }) => length <= LONGEST)
  return isShort ? `; known here: ${known.join(', ')}` : ''
}
