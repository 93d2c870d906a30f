/**
 * What the passwords are made of that are guessed first. Short ones are refused for their length, so here are the words
 * that people repeat or lengthen: a password must have something beside them.
 */
export const COMMON_WORDS: readonly string[] = (
  'password passwort passwd parol пароль contrasena motdepasse secret geheim qwerty qwertz qwertyuiop asdfgh asdfghjkl zxcvbn ' +
  'zxcvbnm йцукен welcome willkommen letmein login signin admin administrator root user guest test testing changeme default ' +
  'temp temporary iloveyou princess sunshine monkey dragon football baseball master superman batman shadow michael jennifer ' +
  'computer internet google facebook microsoft apple samsung company office winter spring summer autumn january february march ' +
  'april june july august september october november december monday tuesday friday kvit billing invoice finance support ' +
  'account money bank ukraine kyiv germany london america hello hallo privet привіт freedom trustno whatever starwars pokemon ' +
  'charlie jordan ashley daniel andrew thomas hunter soccer hockey killer flower cheese pepper cookie ginger silver purple ' +
  'abcabc abcdef 123456789 12345678 1234567 123456 654321 111111 000000 123123 121212 112233 1q2w3e4r 1qaz2wsx q1w2e3r4 correcthorsebatterystaple'
).split(' ')
