import { checkTaxId, type TaxIdVerdict } from '../../core/tax/ids/check-tax-id.ts'
import { Worded } from '../output.ts'
import { countryNamed } from './country-code.ts'

export function checkedId(id: string, country: string | undefined): TaxIdVerdict {
  return checkTaxId(id, country === undefined ? undefined : countryNamed(country))
}

export function shownVerdict(verdict: TaxIdVerdict): Worded {
  const { number, name, country, fault } = verdict
  const right = `${number}: right in form and check digits, ${name} of ${country} (nobody was asked whether it was given to anybody)`
  return new Worded(verdict, () => (fault === null ? right : `not valid: ${fault}`))
}
