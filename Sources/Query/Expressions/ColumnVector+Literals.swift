import Columnar

extension ColumnVector {
  /// A vector of constants of one type.
  ///
  /// - Throws: ``SQLError`` for a constant that is not a value of the type.
  convenience init(literals: [Literal], type: ColumnType) throws(SQLError) {
    self.init(type: type, capacity: literals.count)
    for literal in literals {
      switch (literal, type) {
      case (.null, _): appendNull()
      case (.boolean(let value), .boolean): append(value ? 1 : 0 as UInt8)
      case (.integer(let value), .integer), (.integer(let value), .date):
        guard let narrow = Int32(exactly: value) else {
          throw SQLError(position: nil, "\(type.name) out of range: \(value)")
        }
        append(narrow)
      case (.integer(let value), .bigint), (.integer(let value), .timestamp),
        (.integer(let value), .timestamptz):
        append(value)
      case (.double(let value), .double): append(value)
      case (.numeric(let coefficient, let scale), .numeric):
        guard let value = Numeric(checkedCoefficient: coefficient, scale: scale) else {
          throw SQLError(position: nil, "numeric out of range: more than 38 digits")
        }
        append(value)
      case (.text(let value), .text): append(text: value)
      case (.interval(let value), .interval): append(value)
      default:
        throw SQLError(position: nil, "the constant \(literal) is no \(type.name)")
      }
    }
  }
}
