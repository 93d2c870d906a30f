import type { EInvoice } from '../document.ts'
import type { ReadDocument } from '../read-einvoice.ts'

/** `fatal`: the document is not valid. `warning` and `information`: it is, and somebody may ask. */
export type Severity = 'fatal' | 'warning' | 'information'

/** One rule of a standard, by its id. */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  /** What to fill in or to change, for whoever wrote the document. */
  readonly says: string
  /** Where it is broken, such as `line 2`; one empty text is the document as a whole. */
  readonly brokenAt: (read: ReadDocument) => readonly string[]
}

/** What a rule is about, with where that stands. */
export interface Placed<T> {
  readonly place: string
  readonly item: T
}

/** The things of a document that a rule is about. */
export type Context<T> = (document: EInvoice) => readonly Placed<T>[]

/** The same things, found once for all rules about them, which look at one document after the other: a hundred look at its lines. */
export function once<T>(find: Context<T>): Context<T> {
  let last: { readonly document: EInvoice; readonly found: readonly Placed<T>[] } | undefined
  return (document) => {
    if (last?.document !== document) last = { document, found: find(document) }
    return last.found
  }
}

/** A rule about the document as a whole. */
export function rule(id: string, says: string, holds: (document: EInvoice, read: ReadDocument) => boolean): Rule {
  return { id, severity: 'fatal', says, brokenAt: (read) => (holds(read.document, read) ? [] : ['']) }
}

/** A rule about each thing of a kind. */
export function each<T>(
  id: string,
  context: Context<T>,
  says: string,
  holds: (item: T, document: EInvoice, read: ReadDocument) => boolean,
): Rule {
  return {
    id,
    severity: 'fatal',
    says,
    brokenAt: (read) => placesOf(context(read.document), (item) => !holds(item, read.document, read)),
  }
}

/** Where the things stand that are broken. */
export function placesOf<T>(all: readonly Placed<T>[], isBroken: (item: T) => boolean): readonly string[] {
  const places: string[] = []
  for (const { place, item } of all) if (isBroken(item)) places.push(place)
  return places
}

/** The same rule, taken less seriously. */
export function asWarning(of: Rule, severity: Severity = 'warning'): Rule {
  return { ...of, severity }
}
