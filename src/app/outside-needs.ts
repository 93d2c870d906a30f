import { avalaraEngine } from '../adapters/avalara/avalara-engine.ts'
import { viesRegister } from '../adapters/vies/vies-register.ts'
import { bankFileReader } from '../adapters/xml/bank-file-reader.ts'
import type { Config } from '../platform/config.ts'
import type { Needs } from './needs.ts'

/** What modules need of the world outside, or of packages: registers that are asked, and readers of formats. */
export function outsideNeeds({
  viesUrl,
  avalaraUrl,
}: Pick<Config, 'viesUrl' | 'avalaraUrl'>): Pick<Needs, 'taxIdRegister' | 'taxEngines' | 'bankReader'> {
  return { taxIdRegister: viesRegister(viesUrl), taxEngines: [avalaraEngine(avalaraUrl)], bankReader: bankFileReader }
}
