import { formatMinor } from '../../base/money.ts'
import { entriesOf, type Journal, pairsOf, wordsOf } from './journal.ts'
import { attribute, type XmlNode, xmlText } from './xml.ts'

/**
 * A journal as XML for programs of the 1C and BAS family, which know pairs of accounts (Дт and Кт) and dimensions (субконто). There is no
 * standard of such files: this is a shape of Kvit's own, which a rule of import reads (docs/books.md). Names are Ukrainian, as in those programs.
 */
export function basJournal({ company, currency, from, until, lines }: Journal): string {
  const operations = entriesOf(lines).map((entry): XmlNode => {
    const [first] = entry as [(typeof entry)[number], ...typeof entry]
    const head = `Операція Ід=${attribute(first.entryId)} Дата=${attribute(first.day)} Документ=${attribute(first.reference)} Зміст=${attribute(wordsOf(first))}`
    const pairs = pairsOf(entry).map(({ debit, credit, minor }): XmlNode => {
      const accounts = `РахунокДт=${attribute(debit.code ?? '')} РахунокКт=${attribute(credit.code ?? '')}`
      const customer = debit.account === '' ? credit : debit
      return [
        `Проводка ${accounts} Сума=${attribute(formatMinor(minor, currency))}`,
        customer.account === '' ? null : [`Контрагент Код=${attribute(customer.account)}`, customer.customer],
        debit.currency === currency
          ? null
          : [`Валюта Код=${attribute(debit.currency)}`, formatMinor(debit.amountMinor, debit.currency)],
      ]
    })
    return [head, ...pairs]
  })
  const own = `ЖурналОперацій Версія="1" Організація=${attribute(company.name)} КодЄДРПОУ=${attribute(company.taxId ?? '')}`
  const file: XmlNode = [
    `${own} Валюта=${attribute(currency)} З=${attribute(from)} По=${attribute(until)}`,
    ...operations,
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(file)}`
}
