import type { Draft } from './path.ts'

/** Puts children into the order of the schemas, which are lists of names by parent; children of one name keep theirs. */
export function putInOrder(element: Draft, orders: Readonly<Record<string, string>>): void {
  const order = orders[element.name]?.split(' ')
  if (order !== undefined) element.children.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  for (const child of element.children) putInOrder(child, orders)
}
