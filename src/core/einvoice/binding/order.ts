import type { Draft } from './path.ts'

/** Of each parent, where a child of a name stands among the others: from 0. */
export type ElementOrder = ReadonlyMap<string, ReadonlyMap<string, number>>

/** @param names - of each parent the names of its children in the order of the schemas, as one text: `cbc:ID cbc:IssueDate` */
export function elementOrder(names: Readonly<Record<string, string>>): ElementOrder {
  return new Map(
    Object.entries(names).map(([parent, children]) => [
      parent,
      new Map(children.split(' ').map((name, at) => [name, at])),
    ]),
  )
}

/** Puts children into the order of the schemas; children of one name keep theirs. */
export function putInOrder({ name, children }: Draft, orders: ElementOrder): void {
  if (children.length === 0) return
  const order = orders.get(name)
  if (order !== undefined) children.sort((a, b) => (order.get(a.name) ?? -1) - (order.get(b.name) ?? -1))
  for (const child of children) putInOrder(child, orders)
}
