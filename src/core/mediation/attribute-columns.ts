import type { RecordFields } from './record-fields.ts'
import { packTexts, type TextColumn } from './text-column.ts'

/** Properties of `data` that prices choose by, by event type; follows from the published catalogue. */
export type AttributesByType = ReadonlyMap<string, readonly string[]>

/** Columns of texts under `attributeKey`, for the types that the batch has; '' where a record lacks the property. */
export type BatchAttributes = ReadonlyMap<string, TextColumn>

/** Names a property of the records of one type. */
export function attributeKey(type: string, name: string): string {
  return `${type}\n${name}`
}

/** Collects the attributes of a batch. Types whose prices need none cost one look into a map. */
export class AttributeColumns {
  private readonly attributesByType: AttributesByType
  private readonly columns = new Map<string, string[][]>()

  constructor(attributesByType: AttributesByType) {
    this.attributesByType = attributesByType
  }

  /** Takes the attributes of the record in a row. Rows come in order. */
  add(type: string, { names, values }: RecordFields, row: number): void {
    const wanted = this.attributesByType.get(type)
    if (wanted === undefined) return
    let columns = this.columns.get(type)
    if (columns === undefined) {
      columns = wanted.map(() => [])
      this.columns.set(type, columns)
    }
    for (let at = 0; at < wanted.length; at++) {
      const place = names.indexOf(wanted[at] as string)
      const texts = columns[at] as string[]
      while (texts.length < row) texts.push('')
      texts.push(place < 0 ? '' : (values[place] as string))
    }
  }

  build(count: number): BatchAttributes {
    const built = new Map<string, TextColumn>()
    for (const [type, columns] of this.columns) {
      const names = this.attributesByType.get(type) ?? []
      columns.forEach((texts, at) => {
        while (texts.length < count) texts.push('')
        built.set(attributeKey(type, names[at] as string), packTexts(texts))
      })
    }
    return built
  }
}

/** A property out of the text of `data`, as the columns have it: for batches that were decoded before it was needed. */
export function attributeInData(data: string, name: string): string {
  const value = (
    JSON.parse(data, (_key, part: unknown, context?: { source?: string }) =>
      typeof part === 'number' ? (context?.source ?? String(part)) : part,
    ) as Record<string, unknown>
  )[name]
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''
}
