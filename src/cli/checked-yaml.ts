import type { z } from 'zod'
import { suggestSpelling } from '../core/base/suggest-spelling.ts'
import { PlanDocument } from '../modules/catalog/plan-document.ts'
import { YamlBudget } from '../modules/catalog/yaml-budget.ts'
import { speakPlainly } from '../platform/http/schema-words.ts'

type Path = readonly (string | number)[]

/** How the parts of a file are called, by the path that leads to them. */
export interface FileWords {
  readonly nameOf: (path: Path) => string
  /** What may stand in a part: a misspelt key is told which one was meant. */
  readonly keysAt: (path: Path) => readonly string[]
}

/**
 * A YAML or JSON file that people write, as its schema has it; the document tells lines.
 * @throws Error that names every mistake with file and line
 */
export function readChecked<Schema extends z.ZodType>(
  name: string,
  text: string,
  schema: Schema,
  words: FileWords,
): { readonly value: z.output<Schema>; readonly document: PlanDocument } {
  speakPlainly()
  const document = new PlanDocument({ name, text }, new YamlBudget())
  const parsed = document.errors.length > 0 ? null : schema.safeParse(document.content)
  if (parsed?.success === true) return { value: parsed.data, document }
  const mistakes = parsed === null ? document.errors : mistakesOf(document, parsed.error, words)
  throw new Error(mistakes.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'))
}

function mistakesOf(
  document: PlanDocument,
  { issues }: z.ZodError,
  { nameOf, keysAt }: FileWords,
): PlanDocument['errors'] {
  return issues.map((issue) => {
    const path = issue.path as (string | number)[]
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys
      const message = `unknown key "${key}"${suggestSpelling(key, keysAt(path))}`
      return document.locate({ path: [...path, key], message })
    }
    const told = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
    const isMissing = issue.code === 'invalid_type' && /undefined|^is missing/.test(issue.message)
    return document.locate({ path, message: isMissing ? `${nameOf(path)} is missing` : `${nameOf(path)}: ${told}` })
  })
}
