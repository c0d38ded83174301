import Columnar

extension Kernels {
  /// The kernel of a function that writes a value as text in some form.
  static func made(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    switch (function, arguments, type) {
    case (.overlay, [.text, .text, .integer], .text),
      (.overlay, [.text, .text, .integer, .integer], .text):
      texts(overlay)
    case (.md5, [.text], .text): texts { MD5.hexadecimal($0.text(0, $1).bytes, $0.arena) }
    case (.unistr, [.text], .text):
      texts { call, row in
        call.arena.copy(try UnicodeEscapes.decoded(call.text(0, row).scalars))
      }
    case (.bitLength, [.text], .integer):
      .strict { call in call.map { (text: StringView) in Int32(clamping: text.length) &* 8 } }
    case (.toHex, [.integer], .text):
      texts { call, row in
        call.arena.copy(String(UInt32(bitPattern: call.integer(0, row)), radix: 16))
      }
    case (.toHex, [.bigint], .text):
      texts { call, row in
        call.arena.copy(String(UInt64(bitPattern: call.values(0, Int64.self)[row]), radix: 16))
      }
    case (.quoteIdent, [.text], .text):
      texts { call, row in call.arena.copy(SQLQuoting.identifier(call.text(0, row).string)) }
    case (.quoteLiteral, [.text], .text):
      texts { call, row in call.arena.copy(SQLQuoting.literal(call.text(0, row).string)) }
    case (.quoteNullable, [.text], .text): quoteNullable
    default: nil
    }
  }

  private static var quoteNullable: KernelRecipe {
    .nonStrict { call throws(EvaluationError) in
      let output = call.result.values(as: StringView.self)
      try call.forEachValid { row in
        let isNull = call.inputs[0].validity[row] == 0
        output[row] = call.arena.copy(
          isNull ? "NULL" : SQLQuoting.literal(call.text(0, row).string))
      }
    }
  }

  private static func overlay(_ call: KernelCall, _ row: Int) throws -> StringView {
    let text = call.text(0, row)
    let new = call.text(1, row)
    let start = Int(call.integer(2, row))
    let length = call.inputs.count > 3 ? Int(call.integer(3, row)) : new.scalarCount
    guard start > 0 else {
      throw EvaluationError(row: row, "negative substring length not allowed")
    }
    guard Int32(exactly: start + length) != nil else {
      throw EvaluationError(row: row, "integer out of range")
    }
    let head = text.part(0..<text.offset(afterScalars: start - 1))
    let tail = text.part(
      text.offset(afterScalars: max(start + length - 1, 0))..<Int(text.length))
    return try joined([head, new, tail], call.arena)
  }
}
