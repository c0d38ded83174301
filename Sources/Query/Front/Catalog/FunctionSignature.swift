import Columnar

/// One overload of a function or an operator.
struct FunctionSignature: Sendable {
  /// What a call of the overload becomes.
  enum Meaning: Sendable {
    /// A call, with constants added where PostgreSQL has defaults.
    case function(Function, defaults: [Literal] = [])
    /// A call with its two operands changed over.
    case reversed(Function)
    /// The argument itself.
    case identity
    /// `date_trunc`: a call whose first argument names a unit.
    case dateTrunc
    /// `extract`: a call whose first argument names a field.
    case extract
    /// `date_part`: as `extract`, in double precision.
    case datePart
    /// An overload PostgreSQL has and this dialect has not: what it is, with its verb.
    case refused(String, help: String?)
  }

  /// The parameters' types.
  var parameters: [ColumnType]
  /// The result's type.
  var result: ColumnType
  /// What a call becomes.
  var meaning: Meaning

  init(_ parameters: [ColumnType], _ result: ColumnType, _ meaning: Meaning) {
    self.parameters = parameters
    self.result = result
    self.meaning = meaning
  }

  init(_ parameters: [ColumnType], _ result: ColumnType, _ function: Function) {
    self.init(parameters, result, .function(function))
  }

  /// Whether a call takes a field of a date or time.
  var isOfField: Bool {
    switch meaning {
    case .dateTrunc, .extract, .datePart: true
    case .function, .reversed, .identity, .refused: false
    }
  }
}
