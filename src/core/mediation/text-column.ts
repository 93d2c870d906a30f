/**
 * Texts side by side, as UTF-8: that of row i begins where that of row i − 1 ends. Bytes cross threads without being copied,
 * and go into the journal as they are.
 */
export interface TextColumn {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
  /** Lengths in UTF-16 units; null where all texts are ASCII, which have as many units as bytes. */
  readonly lengths: Uint32Array | null
}

const encoder = new TextEncoder()
/** Texts are what they are: a mark of byte order is a character. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export function packTexts(texts: readonly string[]): TextColumn {
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (let row = 0; row < texts.length; row++) {
    end += (texts[row] as string).length
    ends[row] = end
  }
  const bytes = encoder.encode(texts.join(''))
  return bytes.length === end ? { bytes, ends, lengths: null } : packOthers(texts)
}

/** Texts that are not all ASCII, each encoded by itself: halves of a character at an edge must not join. */
function packOthers(texts: readonly string[]): TextColumn {
  const parts = texts.map((text) => encoder.encode(text))
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  const ends = new Uint32Array(texts.length)
  let end = 0
  parts.forEach((part, row) => {
    bytes.set(part, end)
    end += part.length
    ends[row] = end
  })
  return { bytes, ends, lengths: Uint32Array.from(texts, ({ length }) => length) }
}

export function textAt({ bytes, ends }: TextColumn, row: number): string {
  return decoder.decode(bytes.subarray(row === 0 ? 0 : ends[row - 1], ends[row]))
}

/** Texts of which few differ: each once, and its place for every row. */
export interface DictionaryColumn {
  readonly values: readonly string[]
  readonly places: Uint32Array
}

export function packDictionary(texts: readonly string[]): DictionaryColumn {
  const values: string[] = []
  const known = new Map<string, number>()
  const places = new Uint32Array(texts.length)
  let [last, place] = ['', -1]
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] as string
    if (place < 0 || text !== last) {
      last = text
      place = known.get(text) ?? values.push(text) - 1
      known.set(text, place)
    }
    places[row] = place
  }
  return { values, places }
}

export function valueAt({ values, places }: DictionaryColumn, row: number): string {
  return values[places[row] as number] as string
}
