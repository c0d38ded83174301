import Columnar

extension ExpressionBinder {
  mutating func bindConstant(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["ival", "fval", "sval", "boolval", "isnull"])
    if node.flag("isnull") { return Operand(untyped: nil, at: node.position) }
    if node.value("ival") != nil {
      return Operand(.literal(.integer(integer(of: node)), type: .integer), at: node.position)
    }
    if let inner = try inner("fval", of: node) {
      return try number(inner.string("fval") ?? "", at: node.position)
    }
    if let inner = try inner("sval", of: node) {
      return Operand(untyped: inner.string("sval") ?? "", at: node.position)
    }
    if let inner = try inner("boolval", of: node) {
      return Operand(.literal(.boolean(inner.flag("boolval")), type: .boolean), at: node.position)
    }
    throw Unsupported.error("this constant is", at: node.position)
  }

  private func inner(_ field: String, of node: SyntaxNode) throws(SQLError) -> SyntaxNode? {
    guard let value = node.value(field) else { return nil }
    let inner = try SyntaxNode(kind: "A_Const", value, near: node.position)
    try inner.allow([field])
    return inner
  }

  /// The number in an integer constant.
  ///
  /// libpg_query leaves out numbers below one, so those are read from the text: `- 5` and `-(5)` too.
  func integer(of node: SyntaxNode) -> Int64 {
    if case .object(let fields) = node.value("ival"), case .integer(let value) = fields.first?.value
    {
      return Int64(value)
    }
    guard node.position < source.count, source[node.position] == UInt8(ascii: "-") else { return 0 }
    var number: Int64 = 0
    for byte in source[skipToDigit(from: node.position)...] {
      guard byte >= 0x30, byte <= 0x39 else { break }
      // The parser took it for a 32-bit integer.
      guard number <= Int64(Int32.max) else { break }
      number = number * 10 + Int64(byte - 0x30)
    }
    return -number
  }

  /// The first digit at or after `start` that stands in no comment.
  private func skipToDigit(from start: Int) -> Int {
    var offset = start
    var nesting = 0
    while offset < source.count {
      let pair = (source[offset], offset + 1 < source.count ? source[offset + 1] : 0)
      if pair == (UInt8(ascii: "/"), UInt8(ascii: "*")) {
        nesting += 1
        offset += 2
      } else if nesting > 0 {
        let isEnd = pair == (UInt8(ascii: "*"), UInt8(ascii: "/"))
        nesting -= isEnd ? 1 : 0
        offset += isEnd ? 2 : 1
      } else if pair == (UInt8(ascii: "-"), UInt8(ascii: "-")) {
        while offset < source.count, source[offset] != 0x0A, source[offset] != 0x0D { offset += 1 }
      } else if pair.0 >= 0x30, pair.0 <= 0x39 {
        return offset
      } else {
        offset += 1
      }
    }
    return offset
  }

  /// A number that is no 32-bit integer: bigint where it fits, otherwise numeric.
  private func number(_ text: String, at position: Int) throws(SQLError) -> Operand {
    if let whole = Int64(text) {
      let type: ColumnType = Int32(exactly: whole) == nil ? .bigint : .integer
      return Operand(.literal(.integer(whole), type: type), at: position)
    }
    guard let literal = Literal(parsing: text, as: .numeric) else {
      throw SQLError(
        position: position,
        "the number \(Self.shortened(text)) has more than the 38 digits of numeric; "
          + "write it in quotes as double precision: '\(Self.shortened(text))'::double precision")
    }
    return Operand(.literal(literal, type: .numeric), at: position)
  }

  mutating func bindCast(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["arg", "typeName"])
    guard let name = node.value("typeName") else {
      throw SQLError(position: node.position, "the SQL parser's TypeCast has no type")
    }
    let typeName = try SyntaxNode(kind: "TypeName", name, near: node.position)
    return try cast(try bind("arg", of: node), toTypeNamed: typeName, at: node.position)
  }

  /// An explicit conversion.
  func cast(_ operand: Operand, to type: ColumnType, at position: Int) throws(SQLError) -> Operand {
    guard operand.isUntyped || TypeRules.isExplicit(from: operand.expression.type, to: type) else {
      throw SQLError(
        position: position, "cannot cast type \(operand.typeName) to \(type.name)")
    }
    return try coerced(operand, to: type)
  }
}
