import { Document, isScalar, LineCounter, parseDocument, visit, YAMLParseError } from 'yaml'
import type { CatalogIssue } from '../../core/catalog/plan.ts'
import type { SourceFile } from './source-file.ts'
import type { YamlBudget } from './yaml-budget.ts'

/** A mistake of the editor of plan files. Lines count from 1. */
export interface PlanFileError {
  readonly file: string
  readonly line: number
  readonly path: string
  readonly message: string
}

/** Aliases may not blow a small file up. */
const MAX_ALIASES = 100

/** A YAML file of which every number is the text that it has, and every value knows its line. */
export class PlanDocument {
  readonly name: string
  private readonly document: Document
  private readonly lines = new LineCounter()
  /** Of YAML itself: the content means nothing then. */
  readonly errors: readonly PlanFileError[]
  readonly content: unknown

  constructor({ name, text }: SourceFile, budget: YamlBudget) {
    this.name = name
    const tooMuch = budget.take(text)
    this.document = tooMuch === null ? this.parse(text) : new Document()
    const errors = this.document.errors.map(({ message, pos }) => ({
      file: name,
      line: this.lines.linePos(pos[0]).line,
      path: '',
      message: message.split('\n')[0] as string,
    }))
    if (tooMuch !== null) {
      const line = text.slice(0, tooMuch.offset).split('\n').length
      errors.push({ file: name, line, path: '', message: tooMuch.message })
    }
    if (errors.length === 0) {
      keepNumberTexts(this.document)
      try {
        this.content = this.document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {}
      } catch (error) {
        errors.push({ file: name, line: 1, path: '', message: error instanceof Error ? error.message : String(error) })
      }
    }
    this.errors = errors
  }

  /** Keys that occur twice are found here: the library compares each with all others. */
  private parse(text: string): Document {
    let document: Document
    try {
      document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: false })
    } catch (error) {
      // What is nested within itself by indentation alone, so deep that reading it ends.
      if (!(error instanceof RangeError)) throw error
      document = new Document()
      document.errors.push(new YAMLParseError([0, 0], 'BAD_INDENT', 'nested too deeply'))
    }
    document.errors.push(...repeatedKeys(document))
    return document
  }

  /** Every text that is the value of one of these keys, whatever else is wrong with the file. */
  textsOf(keys: readonly string[]): string[] {
    const found: string[] = []
    visit(this.document, {
      Pair(_key, { key, value }) {
        if (isScalar(key) && keys.includes(String(key.value)) && isScalar(value)) found.push(String(value.value))
      },
    })
    return found
  }

  /** The mistake with the line of the deepest part of its path that the file has. */
  locate({ path, message }: CatalogIssue): PlanFileError {
    const named = { file: this.name, path: path.join('.'), message }
    for (let depth = path.length; depth >= 0; depth--) {
      const offset = this.offsetOf(path.slice(0, depth))
      if (offset !== undefined) return { ...named, line: this.lines.linePos(offset).line }
    }
    return { ...named, line: 1 }
  }

  private offsetOf(path: readonly (string | number)[]): number | undefined {
    const { document } = this
    if (path.length === 0) return document.contents?.range?.[0]
    const parent = document.getIn(path.slice(0, -1), true) as
      | { items?: { key?: { value?: unknown; range?: number[] } }[] }
      | undefined
    const last = path.at(-1)
    const pair = parent?.items?.find((item) => item.key?.value === last)
    if (pair?.key?.range !== undefined) return pair.key.range[0]
    const node = document.getIn(path, true) as { range?: number[] } | undefined
    return node?.range?.[0]
  }
}

function repeatedKeys(document: Document): YAMLParseError[] {
  const errors: YAMLParseError[] = []
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const [start, end] = key.range ?? [0, 0]
        if (seen.has(key.value))
          errors.push(new YAMLParseError([start, end], 'DUPLICATE_KEY', 'Map keys must be unique'))
        seen.add(key.value)
      }
    },
  })
  return errors
}

/** Keys, too: the value "1.10" of a schedule is not "1.1". */
function keepNumberTexts(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'number') node.value = node.source ?? String(node.value)
    },
  })
}
