import { adapted } from './code-list-rules.ts'
import { EN16931 } from './en16931.ts'
import { PEPPOL_ONLY } from './peppol.ts'
import { PEPPOL_GERMANY } from './peppol-germany.ts'
import { asWarning, type Rule } from './rule.ts'
import { CVD_SPECIFICATION, EXTENSION_SPECIFICATION, XRECHNUNG_ONLY, XRECHNUNG_SPECIFICATION } from './xrechnung.ts'
import { CVD_ONLY } from './xrechnung-cvd.ts'

export type RuleSetName = 'en16931' | 'peppol' | 'xrechnung' | 'xrechnung-extension' | 'xrechnung-cvd'

/** Codes of the extension of XRechnung for digital health applications. */
const DIGA = ['XR01', 'XR02', 'XR03']
/** Rules of EN 16931 that XRechnung widens, with what stands in their place. */
const OF_EXTENSION: Readonly<Record<string, Rule>> = {
  'BR-CL-10': adapted('BR-CL-10', 'BR-DEX-04', { more: DIGA }),
  'BR-CL-11': adapted('BR-CL-11', 'BR-DEX-05', { more: DIGA }),
  'BR-CL-21': adapted('BR-CL-21', 'BR-DEX-06', { more: DIGA }),
  'BR-CL-24': adapted('BR-CL-24', 'BR-DEX-01', { more: ['application/xml'] }),
  'BR-CL-25': adapted('BR-CL-25', 'BR-DEX-07', { more: DIGA }),
  'BR-CL-26': adapted('BR-CL-26', 'BR-DEX-08', { more: DIGA }),
}
const OF_CVD: Readonly<Record<string, Rule>> = { 'BR-CL-13': adapted('BR-CL-13', 'BR-TMP-CVD-01', { more: ['CVD'] }) }

const replaced = (by: Readonly<Record<string, Rule>>): Rule[] => EN16931.map((one) => by[one.id] ?? one)
/** Third parties may pay a part, in a group that the model does not have. */
const EXTENSION = replaced(OF_EXTENSION).map((one) => (one.id === 'BR-CO-16' ? asWarning(one) : one))

/** Rules by what a document follows; each set has those of EN 16931. */
export const RULE_SETS: Readonly<Record<RuleSetName, readonly Rule[]>> = {
  en16931: EN16931,
  peppol: [...EN16931, ...PEPPOL_ONLY, ...PEPPOL_GERMANY],
  xrechnung: [...EN16931, ...XRECHNUNG_ONLY],
  'xrechnung-extension': [...EXTENSION, ...XRECHNUNG_ONLY],
  'xrechnung-cvd': [...replaced(OF_CVD), ...XRECHNUNG_ONLY, ...CVD_ONLY],
}

/** Which set a document claims to follow (BT-24). */
export function ruleSetOf(specification = ''): RuleSetName {
  if (specification === EXTENSION_SPECIFICATION) return 'xrechnung-extension'
  if (specification === CVD_SPECIFICATION) return 'xrechnung-cvd'
  if (specification.startsWith(XRECHNUNG_SPECIFICATION)) return 'xrechnung'
  return specification.includes('urn:fdc:peppol.eu:2017:poacc:billing:3') ? 'peppol' : 'en16931'
}
