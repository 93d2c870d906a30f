import { isBetweenGermans } from './german-parties.ts'
import type { Rule } from './rule.ts'
import { BR_DE } from './xrechnung.ts'

/** Rules of XRechnung that Peppol does not have: which specification it is, and when it was delivered. */
const NOT_IN_PEPPOL = ['BR-DE-21', 'BR-DE-TMP-32', 'BR-TMP-3']

/** `BR-DE-5` is `DE-R-005`, `BR-DE-23-a` is `DE-R-023-1`, and `BR-TMP-2` is `DE-R-T02`. */
function idOf(id: string): string {
  if (id === 'BR-TMP-2') return 'DE-R-T02'
  const [, , number = '', part] = id.split('-')
  const rest = part === undefined ? '' : `-${part === 'a' ? 1 : 2}`
  return `DE-R-${number.padStart(3, '0')}${rest}`
}

/** Peppol between German organisations has most rules of XRechnung, under ids of its own: DE-R-001 to DE-R-031. */
export const PEPPOL_GERMANY: readonly Rule[] = BR_DE.filter(({ id }) => !NOT_IN_PEPPOL.includes(id)).map((one) => ({
  ...one,
  id: idOf(one.id),
  brokenAt: (read) => (isBetweenGermans(read.document) ? one.brokenAt(read) : []),
}))
