/**
 * What a document must say when it has no tax, in the languages of documents, with the article and the code of the list VATEX of
 * EN 16931 (BT-121). A text without a translation is said in English.
 */
interface LegalText {
  readonly texts: { readonly en: string; readonly [language: string]: string }
  /** The article, by the law of the seller: `EU`, or a country that has its own; `*` for all others. */
  readonly references: Readonly<Record<string, string>>
  readonly vatex: string | null
}

export const LEGAL_TEXTS = {
  reverse_charge: {
    texts: {
      en: 'Reverse charge: the recipient is liable for the VAT',
      de: 'Steuerschuldnerschaft des Leistungsempfängers',
      es: 'Inversión del sujeto pasivo',
      fr: 'Autoliquidation',
      it: 'Inversione contabile',
      nl: 'Btw verlegd',
      pl: 'Odwrotne obciążenie',
      pt: 'Autoliquidação',
      ro: 'Taxare inversă',
      uk: 'Зворотне оподаткування: ПДВ сплачує отримувач',
      ru: 'Обратное начисление: НДС уплачивает получатель',
    },
    references: {
      CH: 'Art. 8 MWSTG; Art. 44 and 196, Directive 2006/112/EC',
      GB: 'VATA 1994, s. 7A; Art. 44 and 196, Directive 2006/112/EC',
      NO: 'merverdiavgiftsloven § 6-22; Art. 44 and 196, Directive 2006/112/EC',
      UA: 'п. 186.3 Податкового кодексу України; Art. 44 and 196, Directive 2006/112/EC',
      '*': 'Art. 44 and 196, Directive 2006/112/EC',
    },
    vatex: 'VATEX-EU-AE',
  },
  domestic_reverse_charge: {
    texts: {
      en: 'Reverse charge: the recipient is liable for the VAT',
      de: 'Steuerschuldnerschaft des Leistungsempfängers',
      fr: 'Autoliquidation',
      uk: 'Зворотне оподаткування: ПДВ сплачує отримувач',
      ru: 'Обратное начисление: НДС уплачивает получатель',
    },
    references: { EU: 'Art. 199 and 199a, Directive 2006/112/EC' },
    vatex: 'VATEX-EU-AE',
  },
  intra_community_supply: {
    texts: {
      en: 'VAT-exempt intra-Community supply of goods',
      de: 'Steuerfreie innergemeinschaftliche Lieferung',
      es: 'Entrega intracomunitaria exenta',
      fr: 'Livraison intracommunautaire exonérée de TVA',
      uk: 'Постачання товарів у межах ЄС, звільнене від ПДВ',
      ru: 'Поставка товаров в пределах ЕС, освобождённая от НДС',
    },
    references: { '*': 'Art. 138(1), Directive 2006/112/EC' },
    vatex: 'VATEX-EU-IC',
  },
  export_of_goods: {
    texts: {
      en: 'Export of goods, free of VAT',
      de: 'Steuerfreie Ausfuhrlieferung',
      fr: 'Exportation exonérée de TVA',
      uk: 'Експорт товарів, ПДВ за нульовою ставкою',
      ru: 'Экспорт товаров, НДС по нулевой ставке',
    },
    references: {
      EU: 'Art. 146(1)(a), Directive 2006/112/EC',
      CH: 'Art. 23 Abs. 2 MWSTG',
      GB: 'VATA 1994, s. 30(6)',
      NO: 'merverdiavgiftsloven § 6-21',
      UA: 'пп. 195.1.1 Податкового кодексу України',
    },
    vatex: 'VATEX-EU-G',
  },
  service_abroad: {
    texts: {
      en: 'Not subject to VAT: the place of supply is abroad',
      de: 'Nicht steuerbar: Der Leistungsort liegt im Ausland',
      fr: "TVA non applicable : lieu de prestation à l'étranger",
      uk: 'Не є об’єктом ПДВ: місце постачання за межами країни',
      ru: 'Не является объектом НДС: место оказания услуги за границей',
    },
    references: {
      EU: 'Art. 44, 58 and 59, Directive 2006/112/EC',
      CH: 'Art. 8 MWSTG',
      GB: 'VATA 1994, s. 7A',
      NO: 'merverdiavgiftsloven § 6-22',
      UA: 'п. 186.3 Податкового кодексу України',
    },
    vatex: 'VATEX-EU-O',
  },
  exempt: {
    texts: {
      en: 'Exempt from VAT',
      de: 'Steuerfreie Leistung',
      fr: 'Exonéré de TVA',
      uk: 'Звільнено від ПДВ',
      ru: 'Освобождено от НДС',
    },
    references: {
      EU: 'Art. 132 and 135, Directive 2006/112/EC',
      CH: 'Art. 21 MWSTG',
      GB: 'VATA 1994, Sch. 9',
      UA: 'ст. 197 Податкового кодексу України',
    },
    vatex: null,
  },
  exemption_certificate: {
    texts: {
      en: 'Exempt by certificate of the buyer: {certificate}',
      de: 'Steuerfrei nach Bescheinigung des Käufers: {certificate}',
      uk: 'Звільнено від податку за довідкою покупця: {certificate}',
      ru: 'Освобождено от налога по справке покупателя: {certificate}',
    },
    references: {},
    vatex: null,
  },
  small_business: {
    texts: {
      en: 'Exempt as a supply of a small business',
      de: 'Steuerfreie Leistung eines Kleinunternehmers',
      fr: 'TVA non applicable, franchise en base',
      uk: 'Без ПДВ: малий підприємець',
      ru: 'Без НДС: малое предприятие',
    },
    references: {
      EU: 'Art. 284, Directive 2006/112/EC',
      DE: '§ 19 UStG; Art. 284, Directive 2006/112/EC',
      FR: 'CGI, art. 293 B; Art. 284, Directive 2006/112/EC',
    },
    vatex: null,
  },
  not_registered: {
    texts: {
      en: 'The seller is not registered for VAT',
      de: 'Der Verkäufer ist nicht umsatzsteuerpflichtig',
      uk: 'Без ПДВ: продавець не є платником податку',
      ru: 'Без НДС: продавец не является плательщиком налога',
    },
    references: { UA: 'п. 181.1 і 183.1 Податкового кодексу України' },
    vatex: 'VATEX-EU-O',
  },
  out_of_scope: {
    texts: {
      en: 'Not subject to VAT',
      de: 'Nicht steuerbar',
      fr: 'Hors du champ de la TVA',
      uk: 'Не є об’єктом ПДВ',
      ru: 'Не является объектом НДС',
    },
    references: { EU: 'Art. 2(1), Directive 2006/112/EC', UA: 'ст. 196 Податкового кодексу України' },
    vatex: 'VATEX-EU-O',
  },
  multi_purpose_voucher: {
    texts: {
      en: 'Voucher for several purposes: VAT is due when it is redeemed',
      de: 'Mehrzweck-Gutschein: Umsatzsteuer fällt bei der Einlösung an',
      uk: 'Багатоцільовий ваучер: ПДВ нараховується під час використання',
      ru: 'Многоцелевой ваучер: НДС начисляется при использовании',
    },
    references: { EU: 'Art. 30b(2), Directive 2006/112/EC', GB: 'VATA 1994, Sch. 10B' },
    vatex: 'VATEX-EU-O',
  },
  used_voucher: {
    texts: {
      en: 'Paid with prepaid money on which VAT was charged when it was sold',
      de: 'Bezahlt mit Guthaben, dessen Umsatzsteuer beim Verkauf berechnet wurde',
      fr: 'Payé par un crédit dont la TVA a été facturée lors de la vente',
      uk: 'Оплачено передплаченими коштами, ПДВ з яких нараховано під час продажу',
      ru: 'Оплачено предоплаченными средствами, НДС с которых начислен при продаже',
    },
    references: { EU: 'Art. 30b(1), Directive 2006/112/EC', GB: 'VATA 1994, Sch. 10B' },
    vatex: 'VATEX-EU-O',
  },
  no_nexus: {
    texts: {
      en: 'No sales tax collected: the seller has no nexus at the place of delivery',
      uk: 'Податок з продажу не стягується: продавець не зареєстрований у місці постачання',
      ru: 'Налог с продаж не взимается: продавец не зарегистрирован в месте поставки',
    },
    references: {},
    vatex: null,
  },
} as const satisfies Readonly<Record<string, LegalText>>

export type LegalTextId = keyof typeof LEGAL_TEXTS

/** What a document says of why it has no tax. */
export interface LegalNotice {
  readonly text: string
  /** Null where no article is known for the seller's law. */
  readonly reference: string | null
  readonly vatex: string | null
}

/** @param law `EU` where the seller is in the Union, and its country */
export function legalNotice(
  id: LegalTextId,
  language: string,
  law: { readonly isUnion: boolean; readonly country: string },
): LegalNotice {
  const { texts, references, vatex }: LegalText = LEGAL_TEXTS[id]
  const reference = references[law.country] ?? (law.isUnion ? references['EU'] : undefined) ?? references['*'] ?? null
  // The list VATEX is about the VAT of the Union: others say it in words.
  return { text: texts[language] ?? texts.en, reference, vatex: law.isUnion ? vatex : null }
}
