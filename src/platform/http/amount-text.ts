import { z } from 'zod'
import { amountFault } from '../../core/base/decimal.ts'

/** An amount as callers write it: a plain decimal, not below zero, within the one limit of every way in of money. */
export const amountText = z
  .string()
  .max(60)
  .superRefine((text, context) => {
    const message = amountFault(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
