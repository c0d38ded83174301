import Columnar

/// What stands in parentheses behind a type's name.
enum TypeModifier: Equatable, Sendable {
  /// `numeric(precision, scale)`.
  case digits(precision: Int64, scale: Int64)
  /// `varchar(length)`.
  case characters(Int64)

  /// Checks the constants in the parentheses.
  ///
  /// - Throws: ``SQLError`` for what PostgreSQL refuses too, and for more decimals than there are.
  init(_ numbers: [Int64], of type: ColumnType, at position: Int) throws(SQLError) {
    guard type == .numeric else {
      guard numbers.count == 1 else { throw SQLError(position: position, "invalid type modifier") }
      guard numbers[0] >= 1 else {
        throw SQLError(position: position, "length for type varchar must be at least 1")
      }
      guard numbers[0] <= 10_485_760 else {
        throw SQLError(position: position, "length for type varchar cannot exceed 10485760")
      }
      self = .characters(numbers[0])
      return
    }
    guard numbers.count <= 2 else {
      throw SQLError(position: position, "invalid NUMERIC type modifier")
    }
    let scale = numbers.count == 2 ? numbers[1] : 0
    guard (1...1000).contains(numbers[0]) else {
      throw SQLError(
        position: position, "NUMERIC precision \(numbers[0]) must be between 1 and 1000")
    }
    guard (-1000...1000).contains(scale) else {
      throw SQLError(
        position: position, "NUMERIC scale \(scale) must be between -1000 and 1000")
    }
    guard scale <= 38 else {
      throw Unsupported.error("a numeric of more than 38 decimals is", at: position)
    }
    self = .digits(precision: numbers[0], scale: scale)
  }

  /// `value`, which has the type, fitted to the modifier.
  func apply(_ value: Expression, at position: Int) -> Expression {
    func integer(_ number: Int64) -> Expression { .literal(.integer(number), type: .integer) }
    return switch self {
    case .digits(let precision, let scale):
      .call(
        .numericModifier, [value, integer(precision), integer(scale)], type: .numeric,
        position: position)
    case .characters(let count):
      .call(.left, [value, integer(count)], type: .text, position: position)
    }
  }
}
