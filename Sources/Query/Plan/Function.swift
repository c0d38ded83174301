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
  // Numbers.
  case abs, sign, round, trunc, ceil, floor, sqrt, cbrt, exp, ln, log10, log, sin, cos, tan, asin
  case acos, atan, atan2, degrees, radians, pi
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
