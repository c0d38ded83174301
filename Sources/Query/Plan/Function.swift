/// What a call computes; operand types tell the overload.
///
/// All are strict (NULL in, NULL out) but those marked.
package enum Function: String, Sendable, Hashable, CaseIterable {
  // Arithmetic on integer, bigint, double, numeric; overflow and division by zero are errors.
  case add, subtract, multiply, divide, modulo, negate, power
  // date + integer, date - integer, date - date (integer days).
  case addDays, subtractDays, daysBetween
  // Comparison of any one type; boolean result.
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  // `IS [NOT] DISTINCT FROM`: not strict.
  case distinctFrom, notDistinctFrom
  // NULLIF(a, b): not strict in b.
  case nullIf
  // GREATEST and LEAST skip NULLs.
  case greatest, least
  // text LIKE pattern [ESCAPE]: the pattern and escape are the second and third argument.
  case like, ilike
  // Text; lengths and positions count characters (Unicode scalars), as in PostgreSQL with UTF-8.
  case lower, upper, initcap, length, octetLength, substring, left, right, position, replace
  case translate, trim, trimLeading, trimTrailing, lpad, rpad, splitPart, reverse, `repeat`
  case startsWith, concatenate, ascii, chr
  // concat and concat_ws skip NULL arguments.
  case concat, concatWithSeparator
  // Regular expressions: the pattern is the second argument; flags, start and so on as PostgreSQL
  // has them.
  case regexMatches = "~"
  case regexMatchesIgnoringCase = "~*"
  case regexSubstring = "substring_by_pattern"
  case regexReplace = "regexp_replace"
  case regexLike = "regexp_like"
  case regexCount = "regexp_count"
  case regexPosition = "regexp_instr"
  case regexSubstr = "regexp_substr"
  // `(regexp_match(text, pattern [, flags]))[n]`: the subscript is the last argument.
  case regexCapture = "regexp_match"
  // The regular expression of a SIMILAR TO pattern and its escape character.
  case similarPattern = "similar_to_escape"
  // Numbers.
  case abs, sign, round, trunc, ceil, floor, sqrt, cbrt, exp, ln, log10, log, sin, cos, tan, asin
  case acos, atan, atan2, degrees, radians, pi
  case div, gcd, lcm, factorial, sinh, cosh, tanh, asinh, acosh, atanh, cot, sind, cosd, tand, cotd
  case asind, acosd, atand, atan2d, scale
  case widthBucket = "width_bucket"
  case minScale = "min_scale"
  case trimScale = "trim_scale"
  // Rounds a numeric to a precision and a scale, or fails.
  case numericModifier = "numeric_with_precision"
  // Bits of integers; shifts by more than the width wrap around, as in PostgreSQL.
  case bitAnd, bitOr, bitXor, bitNot, shiftLeft, shiftRight
  // How many arguments are NULL, or are not: of any types.
  case numNulls = "num_nulls"
  case numNonNulls = "num_nonnulls"
  // Text made of other values.
  case overlay, md5, unistr
  case bitLength = "bit_length"
  case toHex = "to_hex"
  case quoteIdent = "quote_ident"
  case quoteLiteral = "quote_literal"
  // Not strict: NULL gives the word NULL.
  case quoteNullable = "quote_nullable"
  // Strict in the format alone.
  case format
  // Numbers with a pattern.
  case toCharNumber = "to_char"
  // Dates: the first argument is a text constant naming the field.
  case dateTrunc, extract
  case makeDate
  // to_char of times; to_date and to_timestamp by a pattern.
  case formatTime, parseTime
  // Moving dates and times by an interval; the time between two; interval ± interval is `add` …
  case addInterval, subtractInterval, timeBetween, age, multiplyInterval, divideInterval
  case justifyHours, justifyDays, justifyInterval
  // A type modifier: of an interval its range and decimals, of a time its decimals, as constants.
  case limitInterval, roundTime
  // makeInterval has all seven arguments; makeTimestamp may have a zone as its seventh.
  case makeInterval, makeTimestamp, timestampOfEpoch, dateBin
  // AT TIME ZONE: the zone comes first.
  case atZone
  case isFinite
  // OVERLAPS of four times: not strict.
  case overlaps
}
