import type { XmlElement } from '../xml/tree.ts'

/** Something of a file that could not be taken, and where it stands. */
export interface FileFault {
  /** The element, such as `cbc:IssueDate`; with what it stands in, where it was not read: `cac:InvoiceLine/cbc:UUID`. */
  readonly element: string
  readonly line: number
  readonly message: string
  /** The same stands there before, and was taken. */
  readonly isRepeated?: true
}

/** The currency that stands at an amount; empty where there should be one. */
export interface AmountCurrency {
  readonly element: string
  readonly line: number
  readonly currency: string
}

/** What is noted while a document is read: which of its elements were taken, and what was wrong with them. */
export class Reading {
  readonly faults: FileFault[] = []
  readonly amounts: AmountCurrency[] = []
  private readonly taken = new Set<XmlElement>()
  private readonly repeated = new Set<XmlElement>()
  private readonly takenAttributes = new Map<XmlElement, Set<string>>()

  take(element: XmlElement, attribute?: string): void {
    this.taken.add(element)
    if (attribute === undefined) return
    const attributes = this.takenAttributes.get(element) ?? new Set()
    this.takenAttributes.set(element, attributes.add(attribute))
  }

  /** Notes that an element says again what another one says already. */
  repeat(element: XmlElement): void {
    this.repeated.add(element)
  }

  /** The value of an attribute; absent where it is empty. */
  attribute(element: XmlElement, name: string): string | undefined {
    const value = element.attributes[name]?.trim()
    if (value !== undefined) this.take(element, name)
    return value === '' ? undefined : value
  }

  fault(element: XmlElement, message: string): void {
    this.faults.push({ element: element.name, line: element.line, message })
  }

  /** What nothing of the model took: the topmost elements, and attributes of those that were taken. */
  left(root: XmlElement): FileFault[] {
    const left: FileFault[] = []
    for (const child of root.children) this.collectLeft(child, '', left)
    return left
  }

  /** @param above - the names on the way to the element, each with a `/` */
  private collectLeft(element: XmlElement, above: string, left: FileFault[]): void {
    const { name, line, attributes, children } = element
    if (!this.taken.has(element)) {
      const isRepeated = this.repeated.has(element)
      const message = isRepeated ? 'stands there again, where one is allowed' : 'was not read'
      left.push({ element: above + name, line, message, ...(isRepeated ? { isRepeated } : {}) })
      return
    }
    for (const attribute of Object.keys(attributes))
      if (this.takenAttributes.get(element)?.has(attribute) !== true)
        left.push({ element: `${above}${name}/@${attribute}`, line, message: 'was not read' })
    if (children.length === 0) return
    const inside = `${above}${name}/`
    for (const child of children) this.collectLeft(child, inside, left)
  }
}
