/// A value of the parse tree as libpg_query writes it: JSON without fractions and nulls.
indirect enum SyntaxValue: Sendable {
  case object([SyntaxField])
  case list([SyntaxValue])
  case string(String)
  case integer(Int)
  case boolean(Bool)

  /// The first source position noted inside, or `nil`.
  var firstPosition: Int? {
    switch self {
    case .object(let fields):
      if let own = fields.first(where: { $0.name == "location" }),
        case .integer(let position) = own.value, position >= 0
      {
        return position
      }
      return fields.lazy.compactMap(\.value.firstPosition).first
    case .list(let items): return items.lazy.compactMap(\.firstPosition).first
    case .string, .integer, .boolean: return nil
    }
  }
}

/// One member of a ``SyntaxValue/object(_:)``.
struct SyntaxField: Sendable {
  var name: String
  var value: SyntaxValue
}
