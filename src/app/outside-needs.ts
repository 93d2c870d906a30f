import { viesRegister } from '../adapters/vies/vies-register.ts'
import { readXmlLater } from '../adapters/xml/read-xml-later.ts'
import type { Config } from '../platform/config.ts'
import type { Needs } from './needs.ts'

/** What modules need of the world outside, or of packages: registers that are asked, and readers of formats. */
export function outsideNeeds({ viesUrl }: Pick<Config, 'viesUrl'>): Pick<Needs, 'taxIdRegister' | 'readXml'> {
  return { taxIdRegister: viesRegister(viesUrl), readXml: readXmlLater }
}
