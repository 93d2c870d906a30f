import assert from 'node:assert/strict'
import type { EInvoice } from '../src/core/einvoice/document.ts'
import { RULE_SETS, type RuleSetName } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { ublSyntaxOf, writeEInvoice } from '../src/core/einvoice/write-einvoice.ts'
import { writeXml } from '../src/core/einvoice/xml/write-xml.ts'
import { readDocument } from './einvoice-examples.ts'
import { EN16931_VARIANTS, RIGHT, type Variant } from './einvoice-variants.ts'
import { NATIONAL_VARIANTS, RIGHT_NATIONAL } from './einvoice-variants-national.ts'

type FileSyntax = 'ubl' | 'cii'

/** A variant, or a right document, as a file. */
export interface VariantFile {
  /** Such as `xrechnung BR-DE-15 cii`. */
  readonly key: string
  readonly set: RuleSetName
  readonly syntax: FileSyntax
  readonly xml: string
  /** The rules that it breaks. */
  readonly broken: readonly string[]
}

export const VARIANTS: readonly Variant[] = [...EN16931_VARIANTS, ...NATIONAL_VARIANTS]

function textOf(document: EInvoice, syntax: FileSyntax): string {
  return writeXml(writeEInvoice(document, syntax === 'cii' ? 'cii' : ublSyntaxOf(document)))
}

/** What is said for all, and for this syntax or set. */
function expectedOf({ rule, set, also }: Variant, syntax: FileSyntax): string[] {
  const own = also.flatMap((one) => {
    const [where = '', id] = one.split(' ')
    if (id === undefined) return [one]
    return where === syntax || where === set ? [id] : []
  })
  return [...new Set([rule, ...own])].sort()
}

/** Peppol has its rules for UBL alone, and what is done to the text of a file is done to one of them. */
function syntaxesOf(set: RuleSetName, { ubl, cii }: Partial<Variant> = {}): readonly FileSyntax[] {
  if (cii !== undefined) return ['cii']
  return set === 'peppol' || ubl !== undefined ? ['ubl'] : ['ubl', 'cii']
}

/** All documents as files: the right ones, and a broken one for each rule. */
export function filesOf(): VariantFile[] {
  const right = Object.entries({ ...RIGHT, ...RIGHT_NATIONAL }).flatMap(([name, document]) => {
    const set = name in RIGHT ? 'en16931' : name in RULE_SETS ? (name as RuleSetName) : 'xrechnung'
    return syntaxesOf(set).map((syntax) => ({
      key: `${set} right ${name} ${syntax}`,
      set,
      syntax,
      xml: textOf(document, syntax),
      broken: [],
    }))
  })
  const broken = VARIANTS.flatMap((variant) =>
    syntaxesOf(variant.set, variant).map((syntax) => ({
      key: `${variant.set} ${variant.rule} ${syntax}`,
      set: variant.set,
      syntax,
      xml: changed(textOf(variant.document, syntax), variant),
      broken: expectedOf(variant, syntax),
    })),
  )
  return [...right, ...broken]
}

function changed(xml: string, { rule, ubl, cii }: Variant): string {
  const change = ubl ?? cii
  if (change === undefined) return xml
  const made = xml.replace(...change)
  assert.notEqual(made, xml, `${rule}: the change of the file changes it`)
  return made
}

/** The rules that a file breaks by ours. */
export function brokenBy({ xml, set }: VariantFile): string[] {
  const found = validate(readDocument(Buffer.from(xml)), RULE_SETS[set])
  return [...new Set(found.map(({ rule }) => rule))].sort()
}
