import type { FileFault } from '../../core/einvoice/binding/reading.ts'
import type { ReadDocument } from '../../core/einvoice/read-einvoice.ts'
import { RULE_SETS, type RuleSetName, ruleSetOf } from '../../core/einvoice/rules/rule-sets.ts'
import { type Violation, validate } from '../../core/einvoice/validate.ts'
import { Worded } from '../output.ts'

export interface Verdict {
  readonly isValid: boolean
  readonly rules: RuleSetName
  readonly violations: readonly Violation[]
  readonly faults: readonly FileFault[]
  readonly unread: readonly FileFault[]
}

/** By a set of rules, or by the one that the document names (BT-24). */
export function verdictOf(read: ReadDocument, named: string | undefined): Verdict {
  const rules = named === undefined ? ruleSetOf(read.document.specification) : ruleSetNamed(named)
  const violations = validate(read, RULE_SETS[rules])
  const isValid = read.faults.length === 0 && !violations.some(({ severity }) => severity === 'fatal')
  return { isValid, rules, violations, faults: read.faults, unread: read.unread }
}

function ruleSetNamed(name: string): RuleSetName {
  const known = Object.keys(RULE_SETS) as RuleSetName[]
  const found = known.find((one) => one === name)
  if (found === undefined) throw new Error(`--rules: write one of ${known.join(', ')}, not ${JSON.stringify(name)}`)
  return found
}

/** For people a line for each broken rule, with the places where it is. */
export function shownVerdict(verdict: Verdict): Worded {
  return new Worded(verdict, () => describeVerdict(verdict))
}

function describeVerdict({ isValid, rules, violations, faults, unread }: Verdict): string {
  const notes = [...faults, ...unread].map(
    ({ element, line, message }) => `        line ${line} of the file: ${element} ${message}`,
  )
  return [
    `${isValid ? 'valid' : 'NOT VALID'} by the rules of ${RULE_SET_WORDS[rules]}`,
    ...byRule(violations).flatMap(({ rule, severity, says, places }) => [
      `${severity === 'fatal' ? 'error' : severity}: ${rule}${places.length === 0 ? '' : ` (${listed(places)})`}`,
      `        ${says}`,
    ]),
    ...(notes.length === 0 ? [] : ['not read:', ...notes]),
  ].join('\n')
}

const RULE_SET_WORDS: Readonly<Record<RuleSetName, string>> = {
  en16931: 'EN 16931',
  peppol: 'Peppol BIS Billing 3.0',
  xrechnung: 'XRechnung 3.0',
  'xrechnung-extension': 'XRechnung 3.0 with its extension',
  'xrechnung-cvd': 'XRechnung 3.0 for clean vehicles',
}

/** More places than this are counted. */
const MOST_PLACES = 8

function listed(places: readonly string[]): string {
  const more = places.length - MOST_PLACES
  return more > 0 ? `${places.slice(0, MOST_PLACES).join('; ')}; ${more} more` : places.join('; ')
}

interface BrokenRule extends Pick<Violation, 'rule' | 'severity' | 'says'> {
  readonly places: string[]
}

function byRule(violations: readonly Violation[]): BrokenRule[] {
  const broken = new Map<string, BrokenRule>()
  for (const { rule, severity, says, place } of violations) {
    const known = broken.get(rule) ?? { rule, severity, says, places: [] }
    if (place !== '') known.places.push(place)
    broken.set(rule, known)
  }
  return [...broken.values()]
}
