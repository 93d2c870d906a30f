/** The fixed words of a document, by language. */
export const WORDS = {
  en: {
    invoice: 'Invoice', credit_note: 'Credit note', number: 'No.', issued: 'Issued', due: 'Due', period: 'Period', account: 'Account',
    seller: 'Seller', buyer: 'Buyer', taxId: 'Tax ID', description: 'Description', quantity: 'Quantity', unitPrice: 'Unit price',
    amount: 'Amount', late: 'late usage', net: 'Net', tax: 'Tax', total: 'Total', usage: 'Usage summary', records: 'Records', meter: 'Meter',
    terms: 'Payment terms', termsText: 'Payable within {days} days, by {date}.', credited: 'This amount is credited to your account.', bank: 'Bank details', page: 'Page', of: 'of', tiered: 'by tiers', per: 'per',
  },
  uk: {
    invoice: 'Рахунок', credit_note: 'Кредит-нота', number: '№', issued: 'Виставлено', due: 'Сплатити до', period: 'Період', account: 'Особовий рахунок',
    seller: 'Постачальник', buyer: 'Покупець', taxId: 'Податковий номер', description: 'Послуга', quantity: 'Кількість', unitPrice: 'Ціна за одиницю',
    amount: 'Сума', late: 'за минулий період', net: 'Разом без податку', tax: 'Податок', total: 'До сплати', usage: 'Спожито', records: 'Записів', meter: 'Лічильник',
    terms: 'Умови оплати', termsText: 'Сплатити протягом {days} днів, до {date}.', credited: 'Цю суму зараховано на ваш рахунок.', bank: 'Банківські реквізити', page: 'Сторінка', of: 'з', tiered: 'за шкалою', per: 'за',
  },
  ru: {
    invoice: 'Счёт', credit_note: 'Кредит-нота', number: '№', issued: 'Выставлен', due: 'Оплатить до', period: 'Период', account: 'Лицевой счёт',
    seller: 'Поставщик', buyer: 'Покупатель', taxId: 'Налоговый номер', description: 'Услуга', quantity: 'Количество', unitPrice: 'Цена за единицу',
    amount: 'Сумма', late: 'за прошлый период', net: 'Итого без налога', tax: 'Налог', total: 'К оплате', usage: 'Потреблено', records: 'Записей', meter: 'Счётчик',
    terms: 'Условия оплаты', termsText: 'Оплатить в течение {days} дней, до {date}.', credited: 'Эта сумма зачислена на ваш счёт.', bank: 'Банковские реквизиты', page: 'Страница', of: 'из', tiered: 'по шкале', per: 'за',
  },
} as const
