/// Why a pattern cannot be used.
struct RegexError: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }

  /// What is no regular expression, in PostgreSQL's words.
  init(invalid reason: String) { self.init("invalid regular expression: \(reason)") }

  /// What PostgreSQL has and this dialect has not: what it is, with its verb.
  init(unsupported what: String) { self.init("\(what) not supported") }

  static var tooComplex: RegexError { RegexError(invalid: "regular expression is too complex") }
}
