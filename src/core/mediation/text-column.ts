/** Texts side by side: that of row i begins where that of row i − 1 ends. One text and one array cross threads cheaply. */
export interface TextColumn {
  readonly joined: string
  readonly ends: Uint32Array
}

export function packTexts(texts: readonly string[]): TextColumn {
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (let row = 0; row < texts.length; row++) {
    end += (texts[row] as string).length
    ends[row] = end
  }
  return { joined: texts.join(''), ends }
}

export function textAt({ joined, ends }: TextColumn, row: number): string {
  return joined.slice(row === 0 ? 0 : ends[row - 1], ends[row])
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
