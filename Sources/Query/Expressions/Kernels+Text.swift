import Columnar

extension Kernels {
  /// The kernel of a text function.
  static func text(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    switch (function, arguments, type) {
    case (.lower, [.text], .text): texts { TextCase.lower.apply($0.text(0, $1), $0.arena) }
    case (.upper, [.text], .text): texts { TextCase.upper.apply($0.text(0, $1), $0.arena) }
    case (.initcap, [.text], .text): texts { TextCase.title.apply($0.text(0, $1), $0.arena) }
    case (.length, [.text], .integer): measure { Int32(clamping: $0.scalarCount) }
    case (.octetLength, [.text], .integer): measure { Int32(clamping: $0.length) }
    case (.ascii, [.text], .integer): measure(firstScalar)
    case (.chr, [.integer], .text): texts(character)
    case (.substring, [.text, .integer], .text), (.substring, [.text, .integer, .integer], .text):
      texts(substring)
    case (.left, [.text, .integer], .text): texts { leftmost($0.text(0, $1), $0.integer(1, $1)) }
    case (.right, [.text, .integer], .text): texts { rightmost($0.text(0, $1), $0.integer(1, $1)) }
    case (.reverse, [.text], .text): texts { try reversed($0.text(0, $1), $0.arena) }
    case (.concatenate, [.text, .text], .text):
      texts { try joined([$0.text(0, $1), $0.text(1, $1)], $0.arena) }
    case (.repeat, [.text, .integer], .text):
      texts { try repeated($0.text(0, $1), $0.integer(1, $1), $0.arena) }
    case (.startsWith, [.text, .text], .boolean):
      .strict { call in
        call.map { (text: StringView, prefix: StringView) -> UInt8 in
          text.hasPrefix(prefix) ? 1 : 0
        }
      }
    case (.position, [.text, .text], .integer):
      .strict { call in
        call.map { (text: StringView, wanted: StringView) -> Int32 in position(of: wanted, in: text)
        }
      }
    default: searching(function, arguments, type)
    }
  }

  /// One text for each row that is not NULL.
  @inline(__always)
  static func texts(
    _ make: @escaping (KernelCall, Int) throws -> StringView
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let output = call.result.values(as: StringView.self)
      try call.forEachValid { row in output[row] = try make(call, row) }
    }
  }

  @inline(__always)
  private static func measure(_ apply: @escaping (StringView) -> Int32) -> KernelRecipe {
    .strict { call in call.map { (text: StringView) in apply(text) } }
  }

  private static func firstScalar(_ text: StringView) -> Int32 {
    if text.length == 0 { return 0 }
    let first = text.part(0..<text.scalarLength(at: 0))
    return first.string.unicodeScalars.first.map { Int32($0.value) } ?? 0
  }

  private static func character(_ call: KernelCall, _ row: Int) throws -> StringView {
    let code = call.integer(0, row)
    if code < 0 { throw EvaluationError(row: row, "character number must be positive") }
    if code == 0 { throw EvaluationError(row: row, "null character not permitted") }
    guard let scalar = Unicode.Scalar(UInt32(code)) else {
      let problem = code > 0x10FFFF ? "too large" : "not valid"
      throw EvaluationError(
        row: row, "requested character \(problem) for encoding: \(code)")
    }
    var builder = try TextBuilder(call.arena, capacity: 4)
    builder.append(scalar)
    return builder.view
  }

  private static func substring(_ call: KernelCall, _ row: Int) throws -> StringView {
    let text = call.text(0, row)
    let first = Int(call.integer(1, row))
    var last = Int.max
    if call.inputs.count == 3 {
      let length = Int(call.integer(2, row))
      if length < 0 { throw EvaluationError(row: row, "negative substring length not allowed") }
      last = first + length - 1
    }
    let skipped = max(first, 1) - 1
    guard last > skipped else { return .empty }
    let start = text.offset(afterScalars: skipped)
    if last == Int.max { return text.part(start..<Int(text.length)) }
    let rest = text.part(start..<Int(text.length))
    return rest.part(0..<rest.offset(afterScalars: last - skipped))
  }

  private static func leftmost(_ text: StringView, _ count: Int32) -> StringView {
    let kept = count >= 0 ? Int(count) : max(text.scalarCount + Int(count), 0)
    return text.part(0..<text.offset(afterScalars: kept))
  }

  private static func rightmost(_ text: StringView, _ count: Int32) -> StringView {
    let dropped = count >= 0 ? max(text.scalarCount - Int(count), 0) : -Int(count)
    return text.part(text.offset(afterScalars: dropped)..<Int(text.length))
  }

  private static func reversed(_ text: StringView, _ arena: ByteArena) throws -> StringView {
    var builder = try TextBuilder(arena, capacity: Int(text.length))
    var end = Int(text.length)
    while end > 0 {
      var start = end - 1
      while start > 0, StringView.isContinuation(text.start[start]) { start -= 1 }
      builder.append(text.start + start, end - start)
      end = start
    }
    return builder.view
  }

  /// The texts end to end.
  static func joined(_ texts: [StringView], _ arena: ByteArena) throws -> StringView {
    var builder = try TextBuilder(arena, capacity: texts.reduce(0) { $0 + Int($1.length) })
    for text in texts { builder.append(text) }
    return builder.view
  }

  private static func repeated(
    _ text: StringView, _ count: Int32, _ arena: ByteArena
  ) throws -> StringView {
    guard count > 0, text.length > 0 else { return .empty }
    var builder = try TextBuilder(arena, capacity: Int(text.length) * Int(count))
    for _ in 0..<count { builder.append(text) }
    return builder.view
  }

  private static func position(of wanted: StringView, in text: StringView) -> Int32 {
    if wanted.length == 0 { return 1 }
    guard let offset = text.firstOffset(of: wanted) else { return 0 }
    return Int32(clamping: text.part(0..<offset).scalarCount + 1)
  }

  /// The kernel of `concat`, or of `concat_ws` whose separator is the first argument.
  static func joining(_ function: Function, count: Int) -> KernelRecipe {
    let separated = function == .concatWithSeparator
    return .nonStrict { call throws(EvaluationError) in
      if separated, call.inputs[0].hasNulls { call.result.markNullWhereAny(of: [call.inputs[0]]) }
      let output = call.result.values(as: StringView.self)
      var parts: [StringView] = []
      try call.forEachValid { row in
        parts.removeAll(keepingCapacity: true)
        for index in (separated ? 1 : 0)..<count where call.inputs[index].validity[row] != 0 {
          if separated, !parts.isEmpty { parts.append(call.text(0, row)) }
          parts.append(call.text(index, row))
        }
        output[row] = parts.count == 1 ? parts[0] : try joined(parts, call.arena)
      }
    }
  }
}

extension KernelCall {
  /// The text in `row` of input `index`.
  @inline(__always)
  func text(_ index: Int, _ row: Int) -> StringView { values(index, StringView.self)[row] }

  /// The integer in `row` of input `index`.
  @inline(__always)
  func integer(_ index: Int, _ row: Int) -> Int32 { values(index, Int32.self)[row] }
}
