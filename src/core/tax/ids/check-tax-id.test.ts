import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTaxId } from './check-tax-id.ts'
import { TAX_ID_FORMATS } from './tax-id-formats.ts'

test('every example is valid, of its country, with its prefix, and with blanks, points and small letters', () => {
  for (const { country, name, prefix, example } of TAX_ID_FORMATS) {
    const { isValid, country: found, name: called, number, fault } = checkTaxId(example, country)
    assert.deepEqual([isValid, found, called, fault], [true, country, name, null], example)
    assert.ok(number.startsWith(prefix))
    assert.ok(checkTaxId(` ${example.toLowerCase().replaceAll(/(...)/g, '$1 ')} `, country).isValid, example)
    if (prefix !== '') assert.deepEqual(checkTaxId(example).number, number)
    assert.deepEqual(checkTaxId(example.slice(prefix.length), country).number, number)
  }
  assert.equal(checkTaxId('CHE-100.155.212 MWST').number, 'CHE100155212MWST')
})

/** The VAT of all 27 members, and more. */
test('there is a form for every member of the Union and for its neighbours', () => {
  const countries = new Set(TAX_ID_FORMATS.map(({ country }) => country))
  for (const country of 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))
    assert.ok(countries.has(country), country)
  for (const country of ['GB', 'XI', 'CH', 'NO', 'UA', 'US', 'CA', 'AU']) assert.ok(countries.has(country), country)
})

/** Numbers that other forms of a country have, from the tests and documents of offices and of python-stdnum. */
const VALID: readonly (readonly [country: string, ...numbers: string[]])[] = [
  ['BG', 'BG7523169263', 'BG8032056031'],
  ['CZ', 'CZ7103192745', 'CZ640903926'],
  ['ES', 'ES54362315K', 'ESX5253868R', 'ESM1234567L', 'ESJ99216582'],
  ['FR', 'FR23334175221', 'FRK7399859412', 'FR4Z123456782'],
  ['GB', 'GBGD001', 'GBHA500', 'GB434031494'],
  ['IE', 'IE6433435F', 'IE8D79739I'],
  ['LT', 'LT290061371314'],
  ['LV', 'LV16117519997'],
  ['NL', 'NL002455799B11', 'NL123456789B13'],
  ['UA', '00032129'],
]
const INVALID: readonly (readonly [country: string, ...numbers: string[]])[] = [
  ['AT', 'ATU13585626'],
  ['BE', 'BE0403019260'],
  ['CZ', 'CZ99371642'],
  ['DE', 'DE136695978', 'DE036695976'],
  ['ES', 'ES54362315Z', 'ESB58378432'],
  ['FR', 'FR84323140391'],
  ['GB', 'GB802311781', 'GBGD500'],
  ['GR', 'EL123456781'],
  ['IE', 'IE6433435E'],
  ['IT', 'IT00743110158', 'IT00000000000'],
  ['NL', 'NL123456789B90', 'NL004495445B00'],
  ['PL', 'PL8567346216'],
  ['PT', 'PT501964842'],
  ['SE', 'SE123456789101'],
  ['UA', '32855968', '1759013770'],
]

test('numbers of each form are valid, and those with a wrong check digit are not', () => {
  for (const [country, ...numbers] of VALID)
    for (const number of numbers) assert.equal(checkTaxId(number, country).fault, null, number)
  for (const [country, ...numbers] of INVALID)
    for (const number of numbers) assert.equal(checkTaxId(number, country).isValid, false, number)
})

test('a digit that is mistyped is found: in nine of ten cases at least', () => {
  for (const { country, prefix, example, check } of TAX_ID_FORMATS) {
    if (check === null || country === 'IE') continue
    const digits = Array.from(example)
      .entries()
      .filter(([at, one]) => at >= prefix.length && /\d/.test(one) && at < prefix.length + 9)
    const mistyped = [...digits].flatMap(([at, one]) =>
      Array.from('0123456789')
        .filter((other) => other !== one)
        .map((other) => example.slice(0, at) + other + example.slice(at + 1)),
    )
    const missed = mistyped.filter((number) => checkTaxId(number, country).isValid)
    assert.ok(missed.length * 10 <= mistyped.length, `${example}: ${missed.join(' ')}`)
  }
})

test('what is wrong is said in a sentence', () => {
  const cases: readonly (readonly [text: string, country: string | undefined, sentence: RegExp])[] = [
    ['DE123', undefined, /^the VAT number of DE is DE and 9 digits, the first not 0, such as DE136695976$/],
    [
      'DE136695975',
      undefined,
      /^the check digits of DE136695975 are wrong: a digit of this VAT number of DE is mistyped/,
    ],
    ['12345', 'UA', /^the EDRPOU of UA is 8 digits, such as 32855961$/],
    ['12345678', undefined, /cannot be told from 12345678 which country it is of/],
    ['12345678', 'BR', /no form of tax id is known for BR/],
    ['', 'DE', /"" is no tax id/],
    ['DE 136_695', 'DE', /is no tax id: letters and digits are needed/],
    ['9'.repeat(100_000), 'DE', /is no tax id/],
  ]
  for (const [text, country, sentence] of cases) {
    const { isValid, fault } = checkTaxId(text, country)
    assert.equal(isValid, false)
    assert.match(fault ?? '', sentence)
  }
})
