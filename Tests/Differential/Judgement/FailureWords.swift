import SQLLogic

/// Compares the words of failures.
enum FailureWords {
  /// Whether Millrace's message says PostgreSQL's first.
  static func isSame(_ ours: String, _ theirs: String) -> Bool {
    ours.hasPrefix(common(theirs)) || ours.hasPrefix(theirs)
  }

  /// Whether the message is PostgreSQL's for a value that cannot be computed.
  static func isOfRow(_ message: String) -> Bool {
    ofRow.contains { message.hasPrefix($0) }
  }

  /// Whether PostgreSQL's failure is that of a value that cannot be computed, or would be too large.
  static func isOfRow(_ theirs: QueryFailure) -> Bool {
    // A mistake in the text of a constant may have the code of one in the query's.
    isOfRow(theirs.message)
      || ["21", "22", "54", "0A"].contains { theirs.code?.hasPrefix($0) == true }
  }

  /// The message with names of types as this project writes them.
  private static func common(_ message: String) -> String {
    var message = message
    for (long, short) in [
      ("timestamp with time zone", "timestamptz"), ("timestamp without time zone", "timestamp"),
      ("character varying", "text"), ("function pg_catalog.", "function "),
      // LIKE and ILIKE go by these names within PostgreSQL.
      (" !~~* ", " ILIKE "), (" ~~* ", " ILIKE "), (" !~~ ", " LIKE "), (" ~~ ", " LIKE "),
    ] {
      message = message.split(separator: long, omittingEmptySubsequences: false)
        .joined(separator: short)
    }
    return message
  }

  private static let ofRow = [
    "division by zero", "integer out of range", "bigint out of range", "value out of range: ",
    "date out of range", "timestamp out of range", "invalid input syntax for type ",
    "cannot take ", "input is out of range", "negative substring length not allowed",
    "field position must not be zero", "date field value out of range", "date/time field value",
    "value \"", "\"", "zero raised to a negative power is undefined", "requested character",
    "LIKE pattern must not end with escape character", "null character not permitted",
    "character number must be positive", "a negative number raised to a non-integer power",
    "numeric value out of range: more than 38 digits", "date out of range for timestamp",
    "requested length too large", "invalid regular expression", "invalid value", "time field value",
    "time zone ", "timestamps cannot be binned", "interval out of range", "cannot use ",
    "multiple ",
    "WITHIN GROUP is required", "interval time zone ", "invalid escape string",
    "lower bound cannot equal upper bound", "count must be greater than zero", "to_char of ",
    "lower and upper bounds must be finite", "operand, lower bound, and upper bound cannot be NaN",
    "interval field value out of range",
    "double precision value does not fit numeric", "argument of ntile must be greater than zero",
    "factorial of a negative number is undefined", "timestamp cannot be NaN", "value for \"",
    "invalid Unicode",
    "argument of nth_value must be greater than zero",
    "more than one row returned by a subquery used as an expression",
  ]
}
