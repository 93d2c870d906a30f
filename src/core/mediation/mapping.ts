import { cellText } from './cell-text.ts'
import { columnsOfData, compileData, type DataColumn, type ScaleOf } from './data-column.ts'
import type { RecordFields } from './record-fields.ts'
import { compileTime, type TimeColumn } from './time-column.ts'

/** How the rows of a foreign file become usage records. `{column}` in a template is that column's text, `{#}` the row, `{file}` the file. */
export interface Mapping {
  readonly name: string
  readonly format: 'csv' | 'ndjson'
  readonly delimiter: string
  /** Texts that stand for nothing, as an empty cell does, in every column that has none of its own: `NULL`, `-`. */
  readonly none?: readonly string[] | undefined
  /** Templates. */
  readonly source: string
  readonly type: string
  readonly id: string
  readonly service: string
  readonly time: TimeColumn
  readonly end?: TimeColumn | undefined
  /** Property of `data` → column. */
  readonly data: Readonly<Record<string, DataColumn>>
}

/** Fills the fields of a row whose cells stand in the order of the header. `rowNumber` counts data rows from 1. */
export type RowMapper = (cells: readonly string[], rowNumber: number, fields: RecordFields) => void

type Template = (cells: readonly string[], rowNumber: number) => string | undefined

/**
 * @param scaleOf digits that the meters keep of a property of records of a type
 * @returns a mapper for files with these columns, or the names of columns that the mapping needs and the file lacks.
 */
export function compileMapping(
  given: Mapping,
  header: readonly string[],
  file = '',
  scaleOf: ScaleOf = () => undefined,
): RowMapper | { missing: string[] } {
  const named = (template: string): string => template.replaceAll('{file}', () => file.replaceAll(/[{}]/g, '_'))
  const mapping = { ...given, id: named(given.id), source: named(given.source) }
  const columns = header.map((name) => name.trim())
  const missing = mappedColumns(mapping).filter((name) => !columns.includes(name))
  if (missing.length > 0) return { missing }
  const none = mapping.none ?? []
  const [id, source, service, type] = [mapping.id, mapping.source, mapping.service, mapping.type].map((text) =>
    compileTemplate(text, columns, none),
  ) as [Template, Template, Template, Template]
  const time = compileTime(mapping.time, columns, none)
  const end = mapping.end === undefined ? undefined : compileTime(mapping.end, columns, none)
  const times = [mapping.time, ...(mapping.end === undefined ? [] : [mapping.end])]
  const data = Object.entries(mapping.data).map(([name, column]) => ({
    name,
    key: JSON.stringify(name),
    read: compileData(column, columns, { none, times, digits: (type) => scaleOf(type, name) }),
    isNumber: column.kind === 'number',
  }))
  return (cells, rowNumber, fields) => {
    fields.id = id(cells, rowNumber)
    fields.source = source(cells, rowNumber)
    fields.service = service(cells, rowNumber)
    fields.type = type(cells, rowNumber)
    fields.time = time(cells)
    fields.end = end?.(cells)
    fields.names.length = 0
    fields.values.length = 0
    let json = ''
    for (const { name, key, read, isNumber } of data) {
      const value = read(cells, fields.type)
      if (value === '') continue
      fields.names.push(name)
      fields.values.push(value)
      const text = isNumber && PLAIN_NUMBER.test(value) ? value : JSON.stringify(value)
      json += `${json === '' ? '' : ','}${key}:${text}`
    }
    fields.data = `{${json}}`
  }
}

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const PLACEHOLDER = /\{([^}]+)\}/g

function columnsIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)]
    .map((match) => match[1] as string)
    .filter((name) => name !== '#' && name !== 'file')
}

/** The columns that a mapping reads. */
export function mappedColumns(mapping: Mapping): string[] {
  const templates = [mapping.id, mapping.source, mapping.service, mapping.type].flatMap(columnsIn)
  const times = [mapping.time.column, ...(mapping.end === undefined ? [] : [mapping.end.column])]
  return [...new Set([...templates, ...times, ...Object.values(mapping.data).flatMap(columnsOfData)])]
}

function compileTemplate(text: string, columns: readonly string[], none: readonly string[]): Template {
  const pieces = text.split(PLACEHOLDER)
  if (pieces.length === 1) return () => text
  const places = pieces.map((piece, index) => (index % 2 === 0 ? -1 : columns.indexOf(piece)))
  return (cells, rowNumber) => {
    let result = ''
    for (let index = 0; index < pieces.length; index++) {
      if (index % 2 === 0) result += pieces[index]
      else if (pieces[index] === '#') result += rowNumber
      else {
        const cell = cellText(cells, places[index] as number, none)
        if (cell === '') return undefined
        result += cell
      }
    }
    return result
  }
}
