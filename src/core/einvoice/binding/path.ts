import { assert } from '../../base/assert.ts'
import type { XmlElement } from '../xml/tree.ts'

/**
 * Where a value stands below an element, as one text that is read and written by. Steps are parted by `/`:
 *
 *   cac:OrderReference/cbc:ID                       a child's child
 *   cac:PartyIdentification*\/cbc:ID                 `*` marks the element that comes once for each value of a list
 *   cac:AllowanceCharge[cbc:ChargeIndicator=true,1]  only where the element in brackets has one of the values; the first is written
 *   cac:PartyTaxScheme[cac:TaxScheme/cbc:ID!VAT|FC]  only where it has none of the values; the one behind `|` is written
 *   ram:SpecifiedTaxRegistration[ram:ID@schemeID=VA] the same with an attribute
 */
export type Path = readonly Step[]

interface Step {
  readonly text: string
  readonly name: string
  readonly repeats: boolean
  readonly where: Condition | null
}

interface Condition {
  readonly path: Path
  readonly attribute: string | null
  readonly isNot: boolean
  readonly values: readonly string[]
  readonly written: string
}

export function parsePath(text: string): Path {
  const steps = text.match(/[^/[]+(\[[^\]]*\])?\*?/g) ?? []
  assert(steps.join('/') === text, `a path has steps: ${text}`)
  return steps.map((step) => {
    const match = /^([^[*]+)(?:\[([^\]]*)\])?(\*?)$/.exec(step)
    assert(match !== null, `a step has a name: ${step}`)
    const [, name = '', condition, star] = match
    return {
      text: step,
      name,
      repeats: star === '*',
      where: condition === undefined ? null : parseCondition(condition),
    }
  })
}

function parseCondition(text: string): Condition {
  const match = /^([^@=!]+)(?:@(\w+))?([=!])([^|]*)(?:\|(.*))?$/.exec(text)
  assert(match !== null, `a condition compares: ${text}`)
  const [, path = '', attribute, operator, list = '', written] = match
  const values = list.split(',')
  const isNot = operator === '!'
  return {
    path: parsePath(path),
    attribute: attribute ?? null,
    isNot,
    values,
    written: written ?? (isNot ? '' : (values[0] as string)),
  }
}

/** A way down to an element, with the elements on it and those that its conditions looked at. */
export interface Found {
  readonly element: XmlElement
  readonly passed: readonly { readonly element: XmlElement; readonly attribute?: string }[]
}

/** All elements at a path below an element, in the order of the file. */
export function findAll(from: XmlElement, path: Path): readonly Found[] {
  let found: readonly Found[] = [{ element: from, passed: [] }]
  for (const step of path) {
    const next: Found[] = []
    for (const { element, passed } of found)
      for (const child of element.children) {
        if (child.name !== step.name) continue
        const looked = step.where === null ? NOTHING : lookAt(child, step.where)
        if (looked !== null) next.push({ element: child, passed: [...passed, { element: child }, ...looked] })
      }
    // Of most fields there is none.
    if (next.length === 0) return NONE
    found = next
  }
  return found
}

const NONE: readonly Found[] = []
const NOTHING: Found['passed'] = []

/** What the condition looked at; null where it does not hold. */
function lookAt(element: XmlElement, { path, attribute, isNot, values }: Condition): Found['passed'] | null {
  const [first] = findAll(element, path)
  const value = attribute === null ? first?.element.text : first?.element.attributes[attribute]
  if (values.includes(value ?? '') === isNot) return null
  if (first === undefined) return NOTHING
  if (attribute === null) return first.passed
  return [...first.passed.slice(0, -1), { element: first.element, attribute }]
}

/** An element that is being written. */
export interface Draft extends XmlElement {
  readonly attributes: Record<string, string>
  readonly children: Draft[]
  text: string
  /** The step that made it. */
  readonly step: string
}

export function draft(name: string, step = name): Draft {
  return { name, attributes: {}, children: [], text: '', line: 0, step }
}

/** The element at a path, with what is missing of it. From the step that repeats on, all of it is new. */
export function place(parent: Draft, path: Path): Draft {
  let [at, isNew] = [parent, false]
  for (const step of path) {
    isNew ||= step.repeats
    const known = isNew ? undefined : at.children.find((child) => child.step === step.text)
    at = known ?? begin(at, step)
  }
  return at
}

function begin(parent: Draft, { name, text, where }: Step): Draft {
  const made = draft(name, text)
  parent.children.push(made)
  if (where === null || where.written === '') return made
  const told = place(made, where.path)
  if (where.attribute === null) told.text = where.written
  else told.attributes[where.attribute] = where.written
  return made
}
