import type { XmlElement } from '../xml/tree.ts'
import type { Codec, Writing } from './codecs.ts'
import { type Draft, type Found, findAll, parsePath, place } from './path.ts'
import type { Reading } from './reading.ts'

/** A group while it is read. */
export type Made<T> = { -readonly [K in keyof T]?: T[K] }

/** How a field of a group stands in the element of the group, both ways. */
export interface Binding<T> {
  readonly read: (element: XmlElement, group: Made<T>, reading: Reading) => void
  readonly write: (group: T, element: Draft, writing: Writing) => void
}

/** The parts of an element that are fields of a group. */
export function group<T>(bindings: readonly Binding<T>[]): Codec<T> {
  return {
    read: (element, reading) => {
      const made: Made<T> = {}
      for (const binding of bindings) binding.read(element, made, reading)
      return made as T
    },
    write: (value, element, writing) => {
      for (const binding of bindings) binding.write(value, element, writing)
    },
  }
}

/** Bindings of the fields of a group `T`: `const seller = fieldsOf<Party>()`, then `seller.one('vatId', 'a/path', text)`. */
export function fieldsOf<T>(): Fields<T> {
  return { one, many, inside }
}

interface Fields<T> {
  /** A field that an element may have once: what comes again is left, and told of as not read. */
  readonly one: <K extends keyof T & string>(key: K, path: string, codec: Codec<NonNullable<T[K]>>) => Binding<T>
  /** A list; its path has a `*`. */
  readonly many: <K extends keyof T & string>(key: K, path: string, codec: Codec<ItemOf<T[K]>>) => Binding<T>
  /** Fields of the same group that stand deeper. */
  readonly inside: (path: string, bindings: readonly Binding<T>[]) => Binding<T>
}

type ItemOf<L> = L extends readonly (infer V)[] ? V : never

function one<T, K extends keyof T & string>(key: K, pathText: string, codec: Codec<NonNullable<T[K]>>): Binding<T> {
  const path = parsePath(pathText)
  return {
    read: (element, made, reading) => {
      const [found, ...again] = findAll(element, path)
      if (found === undefined) return
      takeAll(found, reading)
      for (const { passed } of again) for (const one of passed) reading.repeat(one.element)
      const value = codec.read(found.element, reading)
      if (value !== undefined) made[key] = value
    },
    write: (value, element, writing) => {
      const field = value[key]
      if (field !== undefined && field !== null) codec.write(field, place(element, path), writing)
    },
  }
}

function many<T, K extends keyof T & string>(key: K, pathText: string, codec: Codec<ItemOf<T[K]>>): Binding<T> {
  const path = parsePath(pathText)
  return {
    read: (element, made, reading) => {
      const values = findAll(element, path).flatMap((found) => {
        takeAll(found, reading)
        const value = codec.read(found.element, reading)
        return value === undefined ? [] : [value]
      })
      made[key] = values as T[K]
    },
    write: (value, element, writing) => {
      for (const item of value[key] as readonly ItemOf<T[K]>[]) codec.write(item, place(element, path), writing)
    },
  }
}

function inside<T>(pathText: string, bindings: readonly Binding<T>[]): Binding<T> {
  const path = parsePath(pathText)
  return {
    read: (element, made, reading) => {
      const [found] = findAll(element, path)
      if (found !== undefined) takeAll(found, reading)
      const from = found?.element ?? EMPTY
      for (const binding of bindings) binding.read(from, made, reading)
    },
    write: (value, element, writing) => {
      const before = element.children.length
      const made = place(element, path)
      for (const binding of bindings) binding.write(value, made, writing)
      if (made.children.length === 0 && element.children.length > before) element.children.splice(before)
    },
  }
}

/** Where an element is not there, lists of it are empty. */
const EMPTY: XmlElement = { name: '', attributes: {}, children: [], text: '', line: 0 }

function takeAll({ passed }: Found, reading: Reading): void {
  for (const { element, attribute } of passed) reading.take(element, attribute)
}

/** A group that is absent where none of its fields is there, since its element has other things too. */
export function optionalGroup<T>(bindings: readonly Binding<T>[]): Codec<T> {
  const whole = group(bindings)
  return {
    ...whole,
    read: (element, reading) => {
      const made = whole.read(element, reading)
      return Object.keys(made as object).length === 0 ? undefined : made
    },
  }
}

/**
 * A field of the document that a file tells in each of several elements, such as the payment reference in every means of payment.
 * The first one holds; those that say something else are left. It is written into each, or into those that `isFor` prefers.
 */
export function repeated<T, K extends keyof T & string>(
  key: K,
  parents: readonly string[],
  pathText: string,
  codec: Codec<NonNullable<T[K]>>,
  isFor: (parent: Draft) => boolean = () => true,
): Binding<T> {
  const path = parsePath(pathText)
  return {
    read: (element, made, reading) => {
      const all = parents
        .flatMap((name) => element.children.filter((child) => child.name === name))
        .flatMap((parent) => findAll(parent, path))
      const [first] = all
      if (first === undefined) return
      takeAll(first, reading)
      const value = codec.read(first.element, reading)
      if (value !== undefined) made[key] = value
      for (const other of all) if (isSame(other.element, first.element)) takeWhole(other, reading)
    },
    write: (value, element, writing) => {
      const field = value[key]
      if (field === undefined || field === null) return
      const written = element.children.filter(({ name }) => parents.includes(name))
      const preferred = written.filter(isFor)
      for (const parent of preferred.length > 0 ? preferred : written.slice(0, 1))
        codec.write(field, place(parent, path), writing)
    },
  }
}

function isSame(a: XmlElement, b: XmlElement): boolean {
  return (
    a.text === b.text &&
    JSON.stringify(a.attributes) === JSON.stringify(b.attributes) &&
    a.children.length === b.children.length &&
    a.children.every((child, at) => isSame(child, b.children[at] as XmlElement))
  )
}

function takeWhole(found: Found, reading: Reading): void {
  takeAll(found, reading)
  takeTree(found.element, reading)
}

function takeTree(element: XmlElement, reading: Reading): void {
  reading.take(element)
  for (const name of Object.keys(element.attributes)) reading.take(element, name)
  for (const child of element.children) takeTree(child, reading)
}

/** A group that is written with what its syntax cannot leave out. */
export function completed<T>(codec: Codec<T>, complete: (value: T) => T): Codec<T> {
  return { ...codec, write: (value, element, writing) => codec.write(complete(value), element, writing) }
}

/** A list of which the syntax takes one: the others are read, and not written. */
export function firstOnly<T>(key: keyof T & string, binding: Binding<T>): Binding<T> {
  return {
    ...binding,
    write: (value, element, writing) =>
      binding.write({ ...value, [key]: (value[key] as readonly unknown[]).slice(0, 1) }, element, writing),
  }
}
