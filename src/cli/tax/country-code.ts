/** `de` is DE. @throws an error that says how a country is written */
export function countryNamed(text: string): string {
  const code = text.toUpperCase()
  if (!/^[A-Z]{2}$/.test(code))
    throw new Error(`--country: write two letters such as DE, not ${JSON.stringify(text.slice(0, 40))}`)
  return code
}
