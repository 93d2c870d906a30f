import { type AmountCurrency, type FileFault, Reading } from './binding/reading.ts'
import type { EInvoice } from './document.ts'
import { SYNTAXES, type SyntaxName } from './syntaxes.ts'
import type { XmlElement } from './xml/tree.ts'

/** A document as it was read, and what the file had besides. */
export interface ReadDocument {
  readonly syntax: SyntaxName
  readonly document: EInvoice
  /** Values that are none, such as a day `2026-02-30`: the field is absent. And what stands there again: the first one is taken. */
  readonly faults: readonly FileFault[]
  /** What the file says that the model has no field for. */
  readonly unread: readonly FileFault[]
  /** The currencies that stand at amounts. */
  readonly amounts: readonly AmountCurrency[]
  /** Elements without text and children. */
  readonly empty: readonly FileFault[]
}

/** @returns null where the root is of none of the syntaxes */
export function readEInvoice(root: XmlElement): ReadDocument | null {
  const found = Object.entries(SYNTAXES).find(([, syntax]) => syntax.root === root.name)
  if (found === undefined) return null
  const [syntax, { codec }] = found as [SyntaxName, (typeof SYNTAXES)[SyntaxName]]
  const reading = new Reading()
  reading.take(root)
  const document = codec.read(root, reading) as EInvoice
  const left = reading.left(root)
  return {
    syntax,
    document,
    faults: [...reading.faults, ...left.filter(({ isRepeated }) => isRepeated)],
    unread: left.filter(({ isRepeated }) => !isRepeated),
    amounts: reading.amounts,
    empty: emptyElements(root),
  }
}

function emptyElements(root: XmlElement): FileFault[] {
  const found: FileFault[] = []
  const look = ({ name, line, text, children }: XmlElement): void => {
    if (children.length === 0 && text === '') found.push({ element: name, line, message: 'is empty' })
    for (const child of children) look(child)
  }
  look(root)
  return found
}
